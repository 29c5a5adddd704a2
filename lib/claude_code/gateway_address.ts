/**
 * The address of a gateway as Claude Code wants it.
 *
 * @module
 */

import { isHttpUrl } from "../configuration/exported_variables.ts";

/** What is wrong with an address. */
interface AddressFault {
  /** What, in words that fit behind the variable's name. Never a password. */
  readonly problem: string;
  /** The address without any fault, if it can be told. It has no password. */
  readonly better?: string;
}

/** One kind of fault: what it is, and the address without it. */
type Repair = readonly [problem: string, mend: (address: string) => string];

const REPAIRS: readonly Repair[] = [
  ["has something around it", (address) => address.replace(/^[\s"']+|[\s;,"']+$/g, "")],
  ["has no https:// in front", (address) => {
    if (!/^(?:[^/\s]*@)?[\w.-]+(?::\d+)?(?:[/?#]|$)/.test(address)) return address;
    return `${/^(?:localhost|127\.)/.test(address) ? "http" : "https"}://${address}`;
  }],
  [
    "has a user or a password in it, which Claude Code does not take",
    (address) => address.replace(/^(\w+:\/\/)[^/?#]*@/, "$1"),
  ],
  ["has a ? or # in it, behind which nothing counts", (address) => address.replace(/[?#].*/, "")],
  [
    "ends in /v1, which Claude Code adds by itself",
    (address) => address.replace(/\/v1(?:\/messages)?\/*$/, ""),
  ],
];

/**
 * Looks for what keeps an address from working: Claude Code takes it as it is and puts
 * `/v1/messages` behind it [Claude Code docs: LLM gateway].
 *
 * @param address The value of `ANTHROPIC_BASE_URL`, or what becomes it.
 * @returns The first fault, if there is one.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(faultOfAddress("https://gw.example.com/v1")?.better, "https://gw.example.com");
 * assertEquals(faultOfAddress("gw.example.com;")?.better, "https://gw.example.com");
 * assertEquals(faultOfAddress("htps://gw.example.com"), { problem: "is no http or https address" });
 * assertEquals(faultOfAddress("https://gw.example.com/anthropic"), undefined);
 * ```
 */
export function faultOfAddress(address: string): AddressFault | undefined {
  const problems: string[] = [];
  let better = address;
  for (const [problem, mend] of REPAIRS) {
    const mended = mend(better);
    if (mended !== better) problems.push(problem);
    better = mended;
  }
  if (!isHttpUrl(better) || better.includes("@")) return { problem: "is no http or https address" };
  const [problem] = problems;
  return problem === undefined ? undefined : { problem, better };
}

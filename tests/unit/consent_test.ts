import { assertEquals } from "@std/assert";
import { consents } from "../../lib/doctor/consent.ts";

const NEVER = new AbortController().signal;

/** Asks, with somebody at the keyboard who types this much and no more. */
async function asked(typed: string): Promise<[boolean, string]> {
  const read = Deno.stdin.read;
  const writeSync = Deno.stderr.writeSync;
  let left = new TextEncoder().encode(typed);
  let shown = "";
  try {
    Deno.stdin.read = (chunk) => {
      if (left.length === 0) return Promise.resolve(null);
      chunk.set(left);
      const count = left.length;
      left = left.subarray(count);
      return Promise.resolve(count);
    };
    Deno.stderr.writeSync = (bytes) => {
      shown += new TextDecoder().decode(bytes);
      return bytes.length;
    };
    return [await consents("read \x1b now?", NEVER), shown];
  } finally {
    Deno.stdin.read = read;
    Deno.stderr.writeSync = writeSync;
  }
}

Deno.test("only an empty line and a yes are consent", async () => {
  for (
    const [typed, answer] of [
      ["\n", true],
      ["  \n", true],
      ["y\n", true],
      ["Y\r\n", true],
      [" yes \n", true],
      ["yes", true],
      ["n\n", false],
      ["no\n", false],
      ["not yes\n", false],
      ["yes, but\n", false],
      ["ye\n", false],
      ["", false],
    ] as const
  ) {
    assertEquals(await asked(typed), [answer, "claude-key: read \\x1b now? [Y/n] "], typed);
  }
});

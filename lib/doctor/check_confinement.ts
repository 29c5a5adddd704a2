/**
 * What can this process still do?
 *
 * @module
 */

import { byHand, type Finding, ok, problem } from "./finding.ts";

/**
 * Checks the confinement in force.
 *
 * @param excess What the process can do that it must not, in words.
 * @param shown The folder that it is confined to, for people, if there is one.
 * @returns The finding, which lists what is left.
 */
export function checkConfinement(excess: readonly string[], shown: string | undefined): Finding {
  const check = "confinement";
  if (excess.length > 0) {
    return problem(
      check,
      `this process can ${excess.join(", ")}`,
      byHand("run the released binary, or from source: deno task start doctor"),
    );
  }
  const folder = shown ?? "no folder";
  return ok(check, "in force", [
    `read and write: ${folder}`,
    "run: op",
    "no network, no environment, no other file or program, no foreign code",
  ]);
}

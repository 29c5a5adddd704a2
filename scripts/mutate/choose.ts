/**
 * Which of all changes are tried.
 *
 * @module
 */

import type { FoundChange } from "./find_changes.ts";
import { survivorLine } from "./summary.ts";

/**
 * Chooses changes: some that are spread over all of them, or those that survived before.
 *
 * @param all All changes, in their order.
 * @param every Of so many one is chosen.
 * @param survivors What an earlier run printed, if only what survived there is to be tried.
 * @returns The chosen ones.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const place = { file: "lib/a.ts", line: 7, lastLine: 7, start: 90, end: 93 };
 * const all = ["1", "2", "3", "4", "5"].map((from) => ({ ...place, from, to: "0" }));
 * assertEquals(choose(all, 2).map(({ from }) => from), ["1", "3", "5"]);
 * const printed = "3 changes are tried\nlib/a.ts:7  4  →  0\na  1 of 2 noticed\n";
 * assertEquals(choose(all, 2, printed).map(({ from }) => from), ["4"]);
 * ```
 */
export function choose(
  all: readonly FoundChange[],
  every: number,
  survivors?: string,
): FoundChange[] {
  if (survivors === undefined) return all.filter((_, index) => index % every === 0);
  const lines = new Set(survivors.split("\n"));
  return all.filter((change) => lines.has(survivorLine(change)));
}

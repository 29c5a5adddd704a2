/**
 * What came of the changes, in words.
 *
 * @module
 */

import type { FoundChange } from "./find_changes.ts";

/** What came of a change. */
export interface Attempt {
  /** The change. */
  readonly change: FoundChange;
  /** The test file that noticed it, if one did. */
  readonly noticedBy?: string;
  /** Whether it noticed by waiting in vain. */
  readonly timedOut: boolean;
}

/** How much of a text is shown, in characters. */
const SHOWN = 60;

/**
 * Describes a change that no test noticed.
 *
 * @param change The change.
 * @returns One line: the place, what stood there, what took its place.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const place = { file: "lib/a.ts", line: 7, lastLine: 7, start: 90, end: 93 };
 * assertEquals(survivorLine({ ...place, from: "500", to: "50000" }), "lib/a.ts:7  500  →  50000");
 * assertEquals(survivorLine({ ...place, from: "f();", to: ";" }), "lib/a.ts:7  f();  →  ;");
 * assertEquals(survivorLine({ ...place, from: "|b", to: "" }), "lib/a.ts:7  |b  →  (removed)");
 * ```
 */
export function survivorLine({ file, line, from, to }: FoundChange): string {
  return `${file}:${line}  ${shown(from)}  →  ${shown(to) || "(removed)"}`;
}

/**
 * Sums up, room by room.
 *
 * @param attempts What was tried.
 * @returns A line for each room and one for all: how many changes, how many were noticed, the rate.
 */
export function summary(attempts: readonly Attempt[]): string {
  const rooms = Map.groupBy(
    attempts,
    ({ change }) => change.file.split("/").slice(1, -1).join("/"),
  );
  const rows = [...rooms].sort().map(([room, its]) => row(room || "the doors", its));
  return [...rows, row("all", attempts)].join("\n");
}

function row(name: string, attempts: readonly Attempt[]): string {
  const noticed = attempts.filter(({ noticedBy }) => noticedBy !== undefined);
  const hung = noticed.filter(({ timedOut }) => timedOut).length;
  const rate = Math.floor(100 * noticed.length / Math.max(1, attempts.length));
  return `${name.padEnd(14)} ${noticed.length} of ${attempts.length} noticed, ${rate} %` +
    (hung > 0 ? `, ${hung} of them by a time-out` : "");
}

/** A text on one line, cut in the middle. */
function shown(text: string): string {
  const line = text.trim().replace(/\s+/g, " ");
  if (line.length <= SHOWN) return line;
  return `${line.slice(0, SHOWN / 2)} … ${line.slice(-SHOWN / 2)}`;
}

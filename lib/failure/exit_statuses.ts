/**
 * What each exit status means, for help.
 *
 * @module
 */

import { EXIT_STATUS, type FailureKind } from "./failure.ts";

const MEANINGS: Readonly<Record<FailureKind, string>> = {
  "offline": "1Password cannot be reached",
  "other": "anything not listed here",
  "usage": "wrong usage",
  "configuration": "wrong or incomplete configuration",
  "op missing": "op is not installed",
  "locked": "1Password is locked, signed out, or the approval was refused",
  "app unreachable": "the 1Password app does not answer",
  "not found": "no such account, vault or item",
  "no field": "no such field",
  "timed out": "timed out",
  "not cached": "with --cached, no good key is cached",
  "interrupted": "Ctrl-C",
  "terminated": "told to end",
};

/**
 * Says what a kind of failure means.
 *
 * @param kind The kind.
 * @returns It in words.
 */
export function meaningOf(kind: FailureKind): string {
  return MEANINGS[kind];
}

/**
 * Lists exit statuses.
 *
 * @param kinds The ways to fail that come into question.
 * @param negative What status 1 says of a result, where that can be no.
 * @returns Statuses with their meanings, in ascending order, 0 first.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(exitStatuses(["usage", "configuration"]), [
 *   [0, "done"],
 *   [2, "wrong usage; wrong or incomplete configuration"],
 * ]);
 * ```
 */
export function exitStatuses(
  kinds: readonly FailureKind[],
  negative?: string,
): (readonly [number, string])[] {
  const meanings = new Map<number, string>([[0, "done"]]);
  if (negative !== undefined) meanings.set(1, negative);
  for (const kind of Object.keys(MEANINGS) as FailureKind[]) {
    if (!kinds.includes(kind)) continue;
    const status = EXIT_STATUS[kind];
    const others = meanings.get(status);
    meanings.set(status, others === undefined ? MEANINGS[kind] : `${others}; ${MEANINGS[kind]}`);
  }
  return Array.from(meanings).sort(([a], [b]) => a - b);
}

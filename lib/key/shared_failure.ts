/**
 * What is said of a failure that another process has met: its kind is known and nothing else.
 *
 * @module
 */

import type { SharedKind } from "../cache/flight.ts";
import { meaningOf } from "../failure/exit_statuses.ts";
import { Failure } from "../failure/failure.ts";

/**
 * Makes the failure of those who have waited in vain.
 *
 * @param kind What went wrong.
 * @returns The failure.
 */
export function sharedFailure(kind: SharedKind): Failure {
  const message = kind === "other" ? "op failed" : meaningOf(kind);
  return new Failure(kind, message, [
    "another claude-key has asked and says more; to ask again, run the same command",
  ]);
}

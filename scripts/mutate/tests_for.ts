/**
 * Chooses the tests for a change.
 *
 * @module
 */

import type { FoundChange } from "./find_changes.ts";
import type { Reach } from "./reach.ts";
import type { Attempt } from "./summary.ts";

/**
 * Chooses the test files that may notice a change: those that execute one of its lines, or, if none
 * does, those that execute anything of its file, as a program that is killed leaves no note of what
 * it executed. The quick ones come first, and what noticed changes to this file counts as quick.
 *
 * @param change The change.
 * @param reaches What each test file does.
 * @param before What was tried so far.
 * @returns The test files, in the order in which to run them.
 */
export function testsFor(
  change: FoundChange,
  reaches: readonly Reach[],
  before: readonly Attempt[],
): Reach[] {
  const ofFile = reaches.filter(({ lines }) => lines.has(change.file));
  const ofLine = ofFile.filter(({ lines }) => {
    for (let line = change.line; line <= change.lastLine; line++) {
      if (lines.get(change.file)?.has(line)) return true;
    }
    return false;
  });
  const cost = new Map(reaches.map(({ test, run }) => {
    const successes = before.filter(({ noticedBy, change: { file } }) =>
      noticedBy === test && file === change.file
    );
    return [test, run.seconds / (1 + successes.length)];
  }));
  return (ofLine.length > 0 ? ofLine : ofFile)
    .toSorted((one, other) => (cost.get(one.test) ?? 0) - (cost.get(other.test) ?? 0));
}

/**
 * The small changes that can be made to a regular expression.
 *
 * @module
 */

import { RegExpParser, visitRegExpAST } from "npm:@eslint-community/regexpp@4.12.3";
import type { Change } from "./changes.ts";

/**
 * Finds what can be dropped: alternatives, repetitions, anchors and other assertions, members of
 * classes, flags that widen the meaning.
 *
 * @param pattern What stands between the slashes.
 * @param flags What stands behind them.
 * @returns The changes, whose places count from the beginning of the pattern.
 */
export function patternChanges(pattern: string, flags: string): Change[] {
  const changes: Change[] = [];
  const parser = new RegExpParser();
  const mode = { unicode: flags.includes("u"), unicodeSets: flags.includes("v") };
  visitRegExpAST(parser.parsePattern(pattern, 0, pattern.length, mode), {
    onAlternativeEnter({ parent, start, end }): void {
      // The bar before it, or the one behind the first, goes with it.
      const first = parent.alternatives[0]?.start === start;
      if (parent.alternatives.length === 1) return;
      changes.push({ start: first ? start : start - 1, end: first ? end + 1 : end, to: "" });
    },
    onQuantifierEnter({ start, end, element }): void {
      changes.push({ start, end, to: element.raw });
    },
    onAssertionEnter({ start, end }): void {
      changes.push({ start, end, to: "" });
    },
    onCharacterClassEnter({ elements }): void {
      if (elements.length === 1) return;
      for (const { start, end } of elements) changes.push({ start, end, to: "" });
    },
  });
  for (const [index, flag] of [...flags].entries()) {
    const start = pattern.length + 1 + index;
    if ("ims".includes(flag)) changes.push({ start, end: start + 1, to: "" });
  }
  return changes;
}

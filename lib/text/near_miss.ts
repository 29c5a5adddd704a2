/**
 * Finds the word that a mistyped one was meant to be.
 *
 * @module
 */

const MOST_MISTAKES = 2;

/**
 * Finds the most similar word.
 *
 * @param word What was typed.
 * @param known The words that exist.
 * @returns The nearest one, if it is at most two letters off and at most half of the word.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(nearest("evn", ["env", "get"]), "env");
 * assertEquals(nearest("banana", ["env", "get"]), undefined);
 * ```
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const most = Math.min(MOST_MISTAKES, word.replace(/^-+/, "").length / 2);
  let best: { name: string; distance: number } | undefined;
  for (const name of known) {
    const distance = editDistance(word, name);
    if (distance <= most && distance < (best?.distance ?? Infinity)) best = { name, distance };
  }
  return best?.name;
}

/** Counts insertions, deletions, replacements and swaps of neighbours. */
function editDistance(from: string, to: string): number {
  // A word so much longer is no near miss, and comparing it would take long.
  if (Math.abs(from.length - to.length) > MOST_MISTAKES) return Infinity;
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1] ? 0 : 1;
      let distance = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + same);
      if (from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) {
        distance = Math.min(distance, at(beforeLast, j - 2) + 1);
      }
      row.push(distance);
    }
    [beforeLast, last] = [last, row];
  }
  return at(last, to.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}

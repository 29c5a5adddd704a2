/**
 * Breaks texts into lines.
 *
 * @module
 */

/**
 * Fills lines with words.
 *
 * @param words What is not to be broken. A word longer than a line gets one of its own.
 * @param width The most characters of a line.
 * @returns The lines, at least one.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(wrap("the key alone and a newline".split(" "), 13), ["the key alone", "and a newline"]);
 * ```
 */
export function wrap(words: readonly string[], width: number): string[] {
  const [first = "", ...others] = words;
  const lines = [first];
  for (const word of others) {
    const last = lines.at(-1) ?? "";
    if (last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

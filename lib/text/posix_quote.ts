/**
 * Quotes of the Bourne family.
 *
 * @module
 */

/**
 * Quotes a value as one word.
 *
 * @param value Any text.
 * @returns The word.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(quote("it's $HOME"), String.raw`'it'\''s $HOME'`);
 * ```
 */
export function quote(value: string): string {
  return `'${value.replaceAll("'", String.raw`'\''`)}'`;
}

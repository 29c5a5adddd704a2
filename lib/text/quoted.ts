/**
 * Values in messages.
 *
 * @module
 */

/**
 * Quotes a value for a message and keeps it short.
 *
 * @param value Something of the user's: a path, a name, a word of the command line. Never a key.
 * @returns The value in double quotes, cut after 200 characters.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(quoted("12 hours"), '"12 hours"');
 * ```
 */
export function quoted(value: string): string {
  return `"${value.length > 200 ? `${value.slice(0, 200)}…` : value}"`;
}

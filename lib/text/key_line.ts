/**
 * What a key may look like: one line that can be printed.
 *
 * @module
 */

import { hasControlCharacter } from "./control_characters.ts";
import { decodeUtf8 } from "./utf8.ts";

/** The longest line with a key, in bytes: the key and its newline. */
export const LARGEST_KEY_LINE = 64 * 1024;

/**
 * Reads bytes that are to be one line of text.
 *
 * @param bytes What was read, without a newline at its end.
 * @returns The text, byte for byte, or `undefined` if it is not UTF-8 or has control characters.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(decodePrintable(new TextEncoder().encode("sk-é")), "sk-é");
 * assertEquals(decodePrintable(new TextEncoder().encode("sk\n")), undefined);
 * ```
 */
export function decodePrintable(bytes: Uint8Array): string | undefined {
  const text = decodeUtf8(bytes);
  return text === undefined || hasControlCharacter(text) ? undefined : text;
}

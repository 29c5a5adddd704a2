/**
 * Bytes as text, strictly.
 *
 * @module
 */

/** Longer texts are left to the decoder: a call takes only so many arguments. */
const LONGEST_ASCII = 4_096;

/**
 * Decodes UTF-8 byte for byte: a byte order mark is kept, and nothing is replaced.
 *
 * @param bytes What was read.
 * @returns The text, or `undefined` if it is not valid UTF-8.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(decodeUtf8(new Uint8Array([0x6f, 0x70])), "op");
 * assertEquals(decodeUtf8(new Uint8Array([0xff])), undefined);
 * ```
 */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  // Making the first decoder costs half a millisecond, and keys hardly ever need one.
  if (bytes.length <= LONGEST_ASCII && bytes.every((byte) => byte < 0x80)) {
    return String.fromCharCode(...bytes);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

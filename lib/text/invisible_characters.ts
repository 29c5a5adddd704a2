/**
 * Characters that look like nothing or like a space, and are something else. They come with what is
 * pasted from web pages and chats.
 *
 * @module
 */

import { FORMAT_CHARACTER } from "./format_characters.ts";

/** Spaces other than the usual one, and what chooses between forms of a character [Unicode: Zs]. */
const ODD_SPACE = /[\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufe00-\ufe0f]/;

const NAMES: Readonly<Record<number, string>> = {
  0xa0: "a no-break space",
  0xad: "a soft hyphen",
  0x200b: "a zero-width space",
  0x200c: "a zero-width non-joiner",
  0x200d: "a zero-width joiner",
  0x200e: "a left-to-right mark",
  0x200f: "a right-to-left mark",
  0x2028: "a line separator",
  0x202f: "a narrow no-break space",
  0x2060: "a word joiner",
  0x3000: "an ideographic space",
  0xfeff: "a byte order mark",
};

/**
 * Finds an invisible character in a text.
 *
 * @param text Any text.
 * @returns It in words, with its code point; nothing if there is none.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(invisibleCharacter("API\u00a0Key"), "a no-break space (U+00A0)");
 * assertEquals(invisibleCharacter("API Key"), undefined);
 * ```
 */
export function invisibleCharacter(text: string): string | undefined {
  const found = ODD_SPACE.exec(text) ?? FORMAT_CHARACTER.exec(text);
  const code = found?.[0].codePointAt(0);
  if (code === undefined) return undefined;
  const name = NAMES[code] ?? "an invisible character";
  return `${name} (U+${code.toString(16).toUpperCase().padStart(4, "0")})`;
}

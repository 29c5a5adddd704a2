/**
 * Characters that control a terminal or end a line, Unicode's category Cc, and how they and what nobody
 * sees are shown.
 *
 * @module
 */

import { FORMAT_CHARACTER } from "./format_characters.ts";

/** Any of them. As a class of code units it is ready far sooner than `\p{Cc}`, which is the same. */
// deno-lint-ignore no-control-regex -- these are the characters to find
const CONTROL_CHARACTER = /[\0-\x1f\x7f-\x9f]/;

/**
 * Whether a text has a control character.
 *
 * @param text Any text.
 * @returns Whether there is one.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(hasControlCharacter("sk-1\n"), true);
 * assertEquals(hasControlCharacter("sk-é"), false);
 * ```
 */
export function hasControlCharacter(text: string): boolean {
  return CONTROL_CHARACTER.test(text);
}

/**
 * Makes control characters visible and harmless, and visible what would hide in a text or turn its
 * direction around.
 *
 * @param text Any text.
 * @returns The text with each of them written as `\x1b` or `\u{202e}`, say.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(escapeControlCharacters("\x1b[2J\u202e"), "\\x1b[2J\\u{202e}");
 * ```
 */
export function escapeControlCharacters(text: string): string {
  const hidden = new RegExp(
    `${CONTROL_CHARACTER.source}|[\u2028\u2029]|${FORMAT_CHARACTER.source}`,
    "g",
  );
  return text.replace(hidden, (character) => {
    const code = character.charCodeAt(0).toString(16);
    return code.length > 2 ? `\\u{${code}}` : `\\x${code.padStart(2, "0")}`;
  });
}

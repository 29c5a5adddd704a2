/**
 * Characters that control a terminal or end a line, Unicode's category Cc.
 *
 * @module
 */

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
 * Makes control characters visible and harmless.
 *
 * @param text Any text.
 * @returns The text with each of them written as `\x1b`, say.
 */
export function escapeControlCharacters(text: string): string {
  return text.replace(
    new RegExp(CONTROL_CHARACTER, "g"),
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}

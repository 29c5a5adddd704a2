/**
 * Paths in commands that people are told to type.
 *
 * @module
 */

import { quote } from "./posix_quote.ts";

/**
 * Writes a path as one word of a shell.
 *
 * @param shown A path for people, perhaps with a leading `~/`.
 * @returns The word, in which `~` still means the home folder.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(pathWord("~/.cache/claude"), "~/.cache/claude");
 * assertEquals(pathWord("~/my cache; rm"), "~/'my cache; rm'");
 * ```
 */
export function pathWord(shown: string): string {
  if (/^[\w@%+=:,./~\\-]+$/.test(shown)) return shown;
  return shown.startsWith("~/") ? `~/${quote(shown.slice(2))}` : quote(shown);
}

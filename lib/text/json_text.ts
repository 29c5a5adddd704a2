/**
 * JSON for programs, which people may read at a terminal all the same.
 *
 * @module
 */

import { FORMAT_CHARACTER } from "./format_characters.ts";

/**
 * Writes a value as JSON.
 *
 * @param value Anything that JSON can express.
 * @returns JSON, ending in a newline. What would control a terminal or hide is written as `\u202e`, say,
 * which means the same.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(jsonText({ file: "\x9b2J" }), '{\n  "file": "\\u009b2J"\n}\n');
 * ```
 */
export function jsonText(value: unknown): string {
  const hidden = new RegExp(`[\\x7f-\\x9f]|${FORMAT_CHARACTER.source}`, "g");
  const text = JSON.stringify(value, null, 2).replace(
    hidden,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `${text}\n`;
}

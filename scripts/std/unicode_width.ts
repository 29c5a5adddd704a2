/**
 * Stand-in for `@std/cli/unicode-width`.
 *
 * @module
 */

import { eastAsianWidth } from "npm:get-east-asian-width@1.7.0";

/** As `unicodeWidth` of `@std/cli/unicode-width`. */
export function unicodeWidth(text: string): number {
  let width = 0;
  for (const character of text.replace(/[\p{M}\p{Cc}\p{Cf}]/gu, "")) {
    width += eastAsianWidth(character.codePointAt(0) ?? 0);
  }
  return width;
}

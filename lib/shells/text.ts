/**
 * What every shell refuses alike.
 *
 * @module
 */

import { hasControlCharacter } from "../text/control_characters.ts";
import { inexpressible } from "./inexpressible.ts";

/** The two control characters that are part of ordinary text. */
const LAYOUT = /[\t\n]/g;

/**
 * Refuses a value that is no text: a control character does not survive every pipe and terminal,
 * and half of a surrogate pair has no UTF-8.
 *
 * @param name The name of the variable.
 * @param value Its value.
 * @throws {Failure} of kind `other` when the value is no text.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * assertText("A", "two\nlines");
 * assertThrows(() => assertText("A", "\x1b[31m"), Error, "control character");
 * ```
 */
export function assertText(name: string, value: string): void {
  if (hasControlCharacter(value.replace(LAYOUT, ""))) {
    throw inexpressible(name, "has a control character");
  }
  if (!value.isWellFormed()) throw inexpressible(name, "is not valid Unicode");
}

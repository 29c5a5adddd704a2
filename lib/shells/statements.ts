/**
 * One statement a line: the form that every shell's text has.
 *
 * @module
 */

import { inexpressible } from "./inexpressible.ts";

/** Control characters, except for the two that are part of ordinary text. */
const CONTROL_CHARACTER = /[^\P{Cc}\t\n]/u;

/**
 * Renders variables as statements, one a line. Values that are no text are refused for every shell
 * alike: a control character does not survive every pipe and terminal, and half of a surrogate
 * pair has no UTF-8.
 *
 * @param variables Names and values, in the order to print.
 * @param assign Makes the statement that assigns one variable, without a newline at its end.
 * @returns The statements, each ending in a newline.
 * @throws {Failure} of kind `other` when a value is no text, and whatever `assign` throws.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const text = statements(new Map([["A", "1"], ["B", "2"]]), (name, value) => `${name}=${value}`);
 * assertEquals(text, "A=1\nB=2\n");
 * ```
 */
export function statements(
  variables: ReadonlyMap<string, string>,
  assign: (name: string, value: string) => string,
): string {
  let text = "";
  for (const [name, value] of variables) {
    if (CONTROL_CHARACTER.test(value)) throw inexpressible(name, "has a control character");
    if (!value.isWellFormed()) throw inexpressible(name, "is not valid Unicode");
    text += assign(name, value) + "\n";
  }
  return text;
}

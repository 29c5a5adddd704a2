/**
 * One statement a line: the form that every shell's text has.
 *
 * @module
 */

import { assertText } from "./text.ts";

/**
 * Renders variables as statements, one a line.
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
    assertText(name, value);
    text += assign(name, value) + "\n";
  }
  return text;
}

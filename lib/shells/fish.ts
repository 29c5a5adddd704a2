/**
 * fish.
 *
 * @module
 */

import type { Dialect } from "./dialect.ts";
import { statements } from "./statements.ts";

/**
 * Quotes a value as one word. Between single quotes fish knows two escapes, `\'` and `\\`.
 * Source: https://fishshell.com/docs/current/language.html#quotes
 *
 * @param value Any text.
 * @returns The word.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(quote("it's $HOME"), String.raw`'it\'s $HOME'`);
 * ```
 */
export function quote(value: string): string {
  return `'${value.replace(/['\\]/g, "\\$&")}'`;
}

/** Statements for `source`. */
export const dialect: Dialect = {
  render: (variables) => statements(variables, (name, value) => `set -gx ${name} ${quote(value)};`),
  failure: "false\n",
};

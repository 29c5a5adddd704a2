/**
 * bash, zsh, dash, ksh, mksh, yash, BusyBox and every other shell of the Bourne family.
 *
 * @module
 */

import type { Dialect } from "./dialect.ts";
import { statements } from "./statements.ts";

/**
 * Quotes a value as one word.
 *
 * @param value Any text.
 * @returns The word.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(quote("it's $HOME"), String.raw`'it'\''s $HOME'`);
 * ```
 */
export function quote(value: string): string {
  return `'${value.replaceAll("'", String.raw`'\''`)}'`;
}

/** Statements for `eval`, which end in `;` so that `eval` may go unquoted. */
export const dialect: Dialect = {
  render: (variables) => statements(variables, (name, value) => `export ${name}=${quote(value)};`),
  failure: "false\n",
};

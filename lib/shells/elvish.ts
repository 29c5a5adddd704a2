/**
 * elvish.
 *
 * @module
 */

import type { Dialect } from "./dialect.ts";
import { statements } from "./statements.ts";

/**
 * Quotes a value as one word.
 * Source: https://elv.sh/ref/language.html#single-quoted-string
 *
 * @param value Any text.
 * @returns The word.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(quote("it's $HOME"), "'it''s $HOME'");
 * ```
 */
export function quote(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** Statements for `eval`; a failure is an exception, which ends the line that the user typed. */
export const dialect: Dialect = {
  render: (variables) => statements(variables, (name, value) => `set-env ${name} ${quote(value)};`),
  failure: "fail 'claude-key: no key';\n",
};

/**
 * `.env` files: a format without a standard, so a value is written in the plainest form that its
 * readers agree on.
 *
 * @module
 */

import type { Dialect } from "./dialect.ts";
import { inexpressible } from "./inexpressible.ts";
import { statements } from "./statements.ts";

/** Means itself to everybody, also to `docker run --env-file`, which knows no quotes. */
const PLAIN = /^[A-Za-z0-9_./:@%+,=-]*$/;

/** Between single quotes some readers take `\'` and `\\` for escapes. */
const SINGLE_QUOTABLE = /^(?:[^'\\]|\\(?=[^'\\]))*$/;

/** Between double quotes all readers know escapes, and most of them expand variables. */
const DOUBLE_QUOTABLE = /^[^"\\$`]*$/;

/**
 * Quotes a value where it must be, in a form on which dotenv (the npm package), python-dotenv,
 * `--env-file` of Deno and Node.js, and the `.` of a shell agree.
 *
 * @param value Any text.
 * @returns The text behind the `=`, or `undefined` when there is no form that all agree on.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(quote("sk-1234"), "sk-1234");
 * assertEquals(quote("two words"), "'two words'");
 * assertEquals(quote("it's"), `"it's"`);
 * assertEquals(quote(`it's "so"`), undefined);
 * ```
 */
export function quote(value: string): string | undefined {
  if (PLAIN.test(value)) return value;
  // python-dotenv expands ${NAME} in every kind of quotes.
  if (value.includes("${")) return undefined;
  if (SINGLE_QUOTABLE.test(value)) return `'${value}'`;
  if (DOUBLE_QUOTABLE.test(value)) return `"${value}"`;
  return undefined;
}

function assign(name: string, value: string): string {
  const quoted = quote(value);
  if (quoted !== undefined) return `${name}=${quoted}`;
  throw inexpressible(
    name,
    "has quotes, backslashes or dollar signs that readers of dotenv files disagree on",
    "use JSON: claude-key env --format json",
  );
}

/** Lines `NAME=value`. */
export const dialect: Dialect = {
  render: (variables) => statements(variables, assign),
  failure: "",
};

/**
 * xonsh.
 *
 * @module
 */

import type { Dialect } from "./dialect.ts";
import { inexpressible } from "./inexpressible.ts";
import { statements } from "./statements.ts";

/**
 * Quotes a value as a Python string. Only printable ASCII stands for itself, because xonsh decodes
 * a program's output by its own settings and translates newlines.
 * Source: https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences
 *
 * @param value Any text.
 * @returns The string literal, printable ASCII.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(quote('say "hi" 🔑'), String.raw`"say \"hi\" \U0001f511"`);
 * ```
 */
export function quote(value: string): string {
  return `"${value.replace(/["\\]/g, "\\$&").replace(/[^ -~]/gu, escaped)}"`;
}

function escaped(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0;
  return `\\U${codePoint.toString(16).padStart(8, "0")}`;
}

function assign(name: string, value: string): string {
  // xonsh takes a variable of such a name for a list of paths and expands each of them.
  if (/(?:PATH|DIRS)$/.test(name) && /[~$%]/.test(value)) {
    throw inexpressible(name, 'has a "~", "$" or "%", which xonsh expands in a list of paths');
  }
  return `$${name} = ${quote(value)};`;
}

/** Statements for `execx`; a failure is an exception, which ends the line that the user typed. */
export const dialect: Dialect = {
  render: (variables) => statements(variables, assign),
  failure: "raise RuntimeError('claude-key: no key');\n",
};

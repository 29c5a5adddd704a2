/**
 * csh and tcsh.
 *
 * @module
 */

import type { Dialect } from "./dialect.ts";
import { inexpressible } from "./inexpressible.ts";
import { statements } from "./statements.ts";

/**
 * In a locale without UTF-8 tcsh 6.24 loses bytes of command substitutions that are longer than
 * its buffer of 4,096 bytes, unless they are ASCII (seen with LC_ALL=C).
 */
const LONGEST_BEYOND_ASCII = 4_000;

/**
 * Quotes a value as one word, by a backslash before each character that may be special. Quotes
 * would not do: history substitution takes place inside of single quotes too, with a character
 * that the user chooses (`histchars`), and what a backslash means there depends on an option
 * (`backslash_quote`). Outside of quotes a backslash always makes the next character ordinary,
 * except for a newline, which this shell therefore cannot be given.
 * Source: tcsh(1), sections "Lexical structure" and "History substitution"
 *
 * @param value Text without newlines.
 * @returns The word.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(quote("it's $HOME!"), String.raw`it\'s\ \$HOME\!`);
 * assertEquals(quote(""), "''");
 * ```
 */
export function quote(value: string): string {
  return value === "" ? "''" : value.replace(/[\0-\x7F]/g, escaped);
}

function escaped(character: string): string {
  return /[\w./-]/.test(character) ? character : `\\${character}`;
}

function assign(name: string, value: string): string {
  if (value.includes("\n")) {
    throw inexpressible(name, "has a line break, which csh cannot express");
  }
  return `setenv ${name} ${quote(value)};`;
}

function render(variables: ReadonlyMap<string, string>): string {
  const text = statements(variables, assign);
  if (new TextEncoder().encode(text).length <= LONGEST_BEYOND_ASCII) return text;
  for (const [name, value] of variables) {
    if (/[^\0-\x7F]/.test(value)) {
      throw inexpressible(name, "is not ASCII, which csh cannot express in so long a text");
    }
  }
  return text;
}

/** Statements for `eval`. */
export const dialect: Dialect = {
  render,
  failure: "false\n",
};

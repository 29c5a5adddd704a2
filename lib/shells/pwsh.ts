/**
 * Windows PowerShell 5.1 and PowerShell 7.
 *
 * @module
 */

import type { Dialect } from "./dialect.ts";
import { inexpressible } from "./inexpressible.ts";
import { statements } from "./statements.ts";

/**
 * Windows: an environment variable has at most 32,767 UTF-16 units, its terminating null included.
 * Source: https://learn.microsoft.com/windows/win32/procthread/environment-variables
 */
const LONGEST = 32_766;

/**
 * Quotes a value as an expression. Printable ASCII is a plain string, in which only the single
 * quote is doubled. Everything else is escaped, for three reasons: Windows PowerShell decodes a
 * program's output with the console's code page; `Out-String` makes every newline one of the
 * platform; and PowerShell takes the typographic quotes U+2018 to U+201B for single quotes.
 * `[regex]` is one of the few types that the constrained language mode allows.
 * Sources: about_Quoting_Rules, about_Character_Encoding, about_Language_Modes on
 * https://learn.microsoft.com/powershell
 *
 * @param value Any text.
 * @returns The expression, printable ASCII.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(quote("it's $HOME"), "'it''s $HOME'");
 * assertEquals(quote("it’s"), String.raw`[regex]::Unescape('it\u2019s')`);
 * ```
 */
export function quote(value: string): string {
  const doubled = value.replaceAll("'", "''");
  if (/^[ -~]*$/.test(doubled)) return `'${doubled}'`;
  const escaped = doubled.replaceAll("\\", "\\\\").replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `[regex]::Unescape('${escaped}')`;
}

function assign(name: string, value: string): string {
  if (value.length > LONGEST) {
    throw inexpressible(name, `is longer than ${LONGEST} characters, the limit of Windows`);
  }
  return `$env:${name} = ${quote(value)};`;
}

/**
 * Statements for `Invoke-Expression`. An empty value removes the variable before PowerShell 7.5,
 * which is all that Windows programs can see of an empty one anyway. `throw` ends the line that the
 * user typed, and so whatever follows behind a `;`; a failing command would not, and neither would
 * a `throw` alone where the user's preference is to go on in silence.
 */
export const dialect: Dialect = {
  render: (variables) => statements(variables, assign),
  failure: "& { $ErrorActionPreference = 'Stop'; throw 'claude-key: no key' };\n",
};

/**
 * The Windows command prompt and batch files.
 *
 * @module
 */

import type { Dialect } from "./dialect.ts";
import { EVALUATION_LINES } from "./evaluation_lines.ts";
import { inexpressible } from "./inexpressible.ts";
import { statements } from "./statements.ts";

/**
 * A command line has at most 8,191 characters. It is not documented how many of them are left
 * for the output of a `for /f`, so some are kept in reserve.
 * Source: "Command prompt line string limitation" on https://learn.microsoft.com/troubleshoot
 */
const LONGEST_STATEMENT = 8_000;

/**
 * What `for /f … do %i` would alter. The rest is safe there, unlike in a line of a batch file: the
 * content of `%i` comes after the phases of the parser in which `%`, `^`, `&`, `|`, `<` and `>`
 * mean something, and `set "` takes everything up to the last quote of the line.
 * Source: https://stackoverflow.com/questions/4094699
 */
function objection(name: string, value: string): string | undefined {
  if (value === "") return "is empty, and cmd would remove the variable";
  if (value.includes("\n")) return "has a line break, which cmd cannot express";
  if (value.includes("!")) return 'has a "!", which cmd alters when delayed expansion is on';
  if (!/^[ -~]*$/.test(value)) {
    return "has characters other than printable ASCII, which cmd decodes with its code page";
  }
  if (statement(name, value).length > LONGEST_STATEMENT) return "is too long for a line of cmd";
  return undefined;
}

function statement(name: string, value: string): string {
  return `set "${name}=${value}"`;
}

function assign(name: string, value: string): string {
  const reason = objection(name, value);
  if (reason === undefined) return statement(name, value);
  throw inexpressible(name, reason, `use PowerShell: ${EVALUATION_LINES.pwsh.line}`);
}

/**
 * Statements for `for /f`, one a line: `cmd` knows no `;`. It has no command that only fails
 * either, but `set` fails when it is to show a variable that does not exist, and names it; `exit`
 * would close the user's window.
 */
export const dialect: Dialect = {
  render: (variables) => statements(variables, assign),
  failure: "set claude-key-has-no-key\n",
};

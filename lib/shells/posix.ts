/**
 * bash, zsh, dash, ksh, mksh, yash, BusyBox and every other shell of the Bourne family.
 *
 * @module
 */

import type { Dialect } from "./dialect.ts";
import { quote } from "../text/posix_quote.ts";
import { statements } from "./statements.ts";

/**
 * Statements for `eval "$(…)"`, whose quotes keep the shell from splitting and globbing what is
 * quoted in here. Where they are forgotten, the `;` still keep the statements apart.
 */
export const dialect: Dialect = {
  render: (variables) => statements(variables, (name, value) => `export ${name}=${quote(value)};`),
  failure: "false\n",
};

/**
 * bash, zsh, dash, ksh, mksh, yash, BusyBox and every other shell of the Bourne family.
 *
 * @module
 */

import type { Dialect } from "./dialect.ts";
import { quote } from "../text/posix_quote.ts";
import { statements } from "./statements.ts";

/** Statements for `eval`, which end in `;` so that `eval` may go unquoted. */
export const dialect: Dialect = {
  render: (variables) => statements(variables, (name, value) => `export ${name}=${quote(value)};`),
  failure: "false\n",
};

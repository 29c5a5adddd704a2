/**
 * bash, zsh, dash, ksh, mksh, yash, BusyBox and every other shell of the Bourne family.
 *
 * @module
 */

import type { Dialect } from "./dialect.ts";
import { quote } from "../text/posix_quote.ts";
import { statements } from "./statements.ts";

/** The values of `--shell` that stand for this family. */
export const POSIX_SHELLS = ["posix", "bash", "zsh"] as const;

/** One of {@linkcode POSIX_SHELLS}. */
export type PosixShell = typeof POSIX_SHELLS[number];

/**
 * Whether a shell is named that evaluates what {@linkcode dialect} writes.
 *
 * @param name A value of `--shell`, or any text.
 * @returns Whether it is one of {@linkcode POSIX_SHELLS}.
 */
export function isPosixShell(name: string): name is PosixShell {
  return POSIX_SHELLS.some((shell) => shell === name);
}

/** Statements for `eval`, which end in `;` so that `eval` may go unquoted. */
export const dialect: Dialect = {
  render: (variables) => statements(variables, (name, value) => `export ${name}=${quote(value)};`),
  failure: "false\n",
};

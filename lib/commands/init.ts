/**
 * `claude-key init`.
 *
 * @module
 */

import type { Invocation } from "../command_line/arguments.ts";
import { completionsFor } from "../completions/completions.ts";
import { integrationFor } from "../integration/integrations.ts";
import { wrapperOf } from "../integration/wrapper.ts";
import { print } from "../terminal/output.ts";
import { COMPLETING_SHELLS, INTEGRATED_SHELLS } from "../shells/names.ts";

/**
 * Prints a shell integration: a function that runs a program with the key in that process alone,
 * and completions where the shell has them.
 *
 * @param invocation The command line; its operand is the shell.
 * @throws {Failure} Of kind `usage` if the shell cannot define the function.
 */
export async function run({ operand, values }: Invocation): Promise<void> {
  const shell = INTEGRATED_SHELLS.find((name) => name === operand);
  if (shell === undefined) return;
  const { define, names } = await integrationFor(shell);
  const definition = define(wrapperOf(values["name"], values["command"] ?? "claude", names));
  const completing = COMPLETING_SHELLS.find((name) => name === shell);
  print(definition + (completing === undefined ? "" : `\n${await completionsFor(completing)}`));
}

/**
 * `claude-key help` and `--help`.
 *
 * @module
 */

import type { Invocation } from "../arguments.ts";
import { COMMANDS } from "../command_table.ts";
import { Failure } from "../failure.ts";
import { commandHelp, overview } from "../help.ts";
import { print } from "../output.ts";
import { quoted } from "../quoted.ts";

/**
 * Prints help.
 *
 * @param invocation The command line; its operand is the command that help is wanted for.
 * @throws {Failure} Of kind `usage` if there is no such command.
 */
export function run({ operand }: Invocation): void {
  if (operand === undefined) return print(overview());
  const command = COMMANDS.find(({ name }) => name === operand);
  if (command !== undefined) return print(commandHelp(command));
  throw new Failure("usage", `unknown command ${quoted(operand)}`, [
    "see the commands: claude-key help",
  ]);
}

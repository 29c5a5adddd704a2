/**
 * `claude-key help` and `--help`.
 *
 * @module
 */

import type { Invocation } from "../command_line/arguments.ts";
import { COMMANDS } from "../command_line/command_table.ts";
import { commandHelp, overview } from "../help/help.ts";
import { print } from "../terminal/output.ts";

/**
 * Prints help.
 *
 * @param invocation The command line; its operand is the command that help is wanted for.
 */
export function run({ operand }: Invocation): void {
  const command = COMMANDS.find(({ name }) => name === operand);
  print(command === undefined ? overview() : commandHelp(command));
}

/**
 * `claude-key help` and `--help`.
 *
 * @module
 */

import type { Invocation } from "../arguments.ts";
import { COMMANDS } from "../command_table.ts";
import { commandHelp, overview } from "../help.ts";
import { print } from "../output.ts";

/**
 * Prints help.
 *
 * @param invocation The command line; its operand is the command that help is wanted for.
 */
export function run({ operand }: Invocation): void {
  const command = COMMANDS.find(({ name }) => name === operand);
  print(command === undefined ? overview() : commandHelp(command));
}

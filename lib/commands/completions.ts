/**
 * `claude-key completions`.
 *
 * @module
 */

import type { Invocation } from "../command_line/arguments.ts";
import { completionsFor } from "../completions/completions.ts";
import { print } from "../terminal/output.ts";
import { COMPLETING_SHELLS } from "../shells/names.ts";

/**
 * Prints completions for a shell to evaluate.
 *
 * @param invocation The command line; its operand is the shell.
 */
export async function run({ operand }: Invocation): Promise<void> {
  const shell = COMPLETING_SHELLS.find((name) => name === operand);
  if (shell !== undefined) print(await completionsFor(shell));
}

/**
 * `claude-key completions`.
 *
 * @module
 */

import type { Invocation } from "../arguments.ts";
import { completionsFor } from "../completions/completions.ts";
import { print } from "../output.ts";
import { COMPLETING_SHELLS } from "../shells/interactive.ts";

/**
 * Prints completions for a shell to evaluate.
 *
 * @param invocation The command line; its operand is the shell.
 */
export async function run({ operand }: Invocation): Promise<void> {
  const shell = COMPLETING_SHELLS.find((name) => name === operand);
  if (shell !== undefined) print(await completionsFor(shell));
}

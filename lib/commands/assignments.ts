/**
 * What `claude-key env` prints, whichever the shell.
 *
 * @module
 */

import type { Invocation } from "../command_line/arguments.ts";
import { exportedVariables } from "../configuration/exported_variables.ts";
import { print } from "../terminal/output.ts";
import { confineAndObtainKey, keySource, openSession } from "../key/session.ts";
import type { Dialect } from "../shells/dialect.ts";

/**
 * Prints assignments for a shell to evaluate: the key, and whatever else the client of the gateway
 * needs. When there is no key, it prints a statement that makes the evaluation fail, as
 * evaluating nothing would report success.
 *
 * @param dialect The shell's.
 * @param invocation The command line.
 * @throws {Failure} If there is no key to be had, or the shell cannot express a value.
 */
export async function printAssignments(dialect: Dialect, invocation: Invocation): Promise<void> {
  try {
    print(dialect.render(await variablesOf(invocation)));
  } catch (error) {
    failEvaluation(dialect);
    throw error;
  }
}

/**
 * Prints the statement that makes an evaluation fail. A person at a terminal has the error message
 * instead.
 *
 * @param dialect The shell's.
 * @throws {Failure} Of kind `other` if it cannot be delivered.
 */
export function failEvaluation(dialect: Dialect): void {
  if (!Deno.stdout.isTerminal()) print(dialect.failure);
}

async function variablesOf(invocation: Invocation): Promise<Map<string, string>> {
  const from = keySource(invocation);
  const { settings, project, configuration } = await openSession(invocation);
  const variables = await exportedVariables(settings, project);
  const key = await confineAndObtainKey(configuration, from);
  // A shell reports only how its last statement ended, and none matters more than this one.
  variables.delete(configuration.keyVariable);
  return variables.set(configuration.keyVariable, key);
}

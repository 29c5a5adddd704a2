/**
 * `claude-key env`.
 *
 * @module
 */

import type { Invocation } from "../command_line/arguments.ts";
import { failEvaluation, printAssignments } from "./assignments.ts";
import { Failure } from "../failure/failure.ts";
import { defaultShell } from "../shells/default_shell.ts";
import { loadDialect } from "../shells/dialects.ts";
import { type Format, FORMATS, type Shell, SHELLS } from "../shells/names.ts";
import { textVariable } from "../configuration/user_settings.ts";

/**
 * Prints assignments for a shell to evaluate, or in a format.
 *
 * @param invocation The command line.
 * @throws {Failure} If there is no key to be had, or the shell cannot express a value.
 */
export async function run(invocation: Invocation): Promise<void> {
  const { values } = invocation;
  const dialect = await loadDialect(dialectOf(values));
  if (values["shell"] !== undefined && values["format"] !== undefined) {
    failEvaluation(dialect);
    throw new Failure("usage", "--shell and --format exclude each other", [
      "leave one of them out",
    ]);
  }
  await printAssignments(dialect, invocation);
}

/**
 * Makes the evaluation fail after a command line that was not understood, as far as it tells for
 * which shell it was meant.
 *
 * @param args The command line.
 */
export async function failEvaluationOf(args: readonly string[]): Promise<void> {
  const values: Record<string, string> = {};
  for (const option of ["shell", "format"]) {
    const index = args.findLastIndex((arg) => arg.split("=", 1)[0] === `--${option}`);
    const value = args[index]?.split("=")[1] ?? args[index + 1];
    if (index >= 0 && value !== undefined) values[option] = value;
  }
  failEvaluation(await loadDialect(dialectOf(values)));
}

function dialectOf(values: Invocation["values"]): Shell | Format {
  return SHELLS.find((name) => name === values["shell"]) ??
    FORMATS.find((name) => name === values["format"]) ??
    defaultShell(Deno.build.os, textVariable);
}

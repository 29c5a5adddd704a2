/**
 * `claude-key env`.
 *
 * @module
 */

import type { Invocation } from "../arguments.ts";
import { exportedVariables } from "../exported_variables.ts";
import { Failure } from "../failure.ts";
import { print } from "../output.ts";
import { confineAndObtainKey, openSession } from "../session.ts";
import type { Dialect } from "../shells/dialect.ts";
import {
  defaultShell,
  type Format,
  FORMATS,
  loadDialect,
  type Shell,
  SHELLS,
} from "../shells/dialects.ts";
import { textVariable } from "../user_settings.ts";

/**
 * Prints assignments for a shell to evaluate: the key, and whatever else the client of the gateway
 * needs. When there is no key, it prints a statement that makes the evaluation fail, as
 * evaluating nothing would report success.
 *
 * @param invocation The command line.
 * @throws {Failure} If there is no key to be had, or the shell cannot express a value.
 */
export async function run(invocation: Invocation): Promise<void> {
  const dialect = await loadDialect(dialectOf(invocation.values));
  try {
    print(dialect.render(await variablesOf(invocation)));
  } catch (error) {
    failEvaluation(dialect);
    throw error;
  }
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

async function variablesOf(invocation: Invocation): Promise<Map<string, string>> {
  if (invocation.values["shell"] !== undefined && invocation.values["format"] !== undefined) {
    throw new Failure("usage", "--shell and --format exclude each other", [
      "leave one of them out",
    ]);
  }
  const { settings, project, configuration } = await openSession(invocation);
  const others = await exportedVariables(settings, project);
  const key = await confineAndObtainKey(configuration, invocation.switches.has("refresh"));
  others.delete(configuration.keyVariable);
  // A shell reports only how its last statement ended, and none matters more than this one.
  return new Map([...others, [configuration.keyVariable, key]]);
}

function dialectOf(values: Invocation["values"]): Shell | Format {
  return SHELLS.find((name) => name === values["shell"]) ??
    FORMATS.find((name) => name === values["format"]) ??
    defaultShell(Deno.build.os, {
      MSYSTEM: textVariable("MSYSTEM"),
      SHELL: textVariable("SHELL"),
    });
}

/** A person at a terminal has the error message; the statement is for `eval`. */
function failEvaluation(dialect: Dialect): void {
  if (!Deno.stdout.isTerminal()) print(dialect.failure);
}

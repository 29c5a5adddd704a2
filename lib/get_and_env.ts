/**
 * What shells and Claude Code run all day: `claude-key get`, and `claude-key env` for a POSIX shell,
 * fish or PowerShell, with no other options than `--cached`. Whatever this imports is read, parsed
 * and run for every cached key.
 *
 * @module
 */

import type { Invocation } from "./command_line/arguments.ts";
import { printAssignments } from "./commands/assignments.ts";
import { run as get } from "./commands/get.ts";
import { runReported } from "./run_reported.ts";
import { defaultShell } from "./shells/default_shell.ts";
import type { Dialect } from "./shells/dialect.ts";
import { dialect as fish } from "./shells/fish.ts";
import { isPosixShell } from "./shells/names.ts";
import { dialect as posix } from "./shells/posix.ts";
import { dialect as pwsh } from "./shells/pwsh.ts";
import { textVariable } from "./configuration/user_settings.ts";

const CACHED = "--cached";

/**
 * Runs what is run all day.
 *
 * @param args The arguments, without the program's name.
 * @returns The status to exit with, every failure having been reported; or `undefined`, and nothing
 * is done, if anything else is asked for.
 */
export function runDaily(args: readonly string[]): Promise<number> | undefined {
  const [command = "", ...given] = args;
  const options = given.filter((option) => option !== CACHED);
  const switches = new Set(options.length < given.length ? ["cached"] : []);
  const invocation: Invocation = { command, values: {}, switches };
  if (command === "get" && options.length === 0) return runReported(() => get(invocation));
  const dialect = command === "env" ? dialectOf(options) : undefined;
  return dialect && runReported(() => printAssignments(dialect, invocation));
}

function dialectOf([option, value = "", ...others]: readonly string[]): Dialect | undefined {
  const isDefault = option === undefined;
  if (!isDefault && (option !== "--shell" || others.length > 0)) return undefined;
  const shell = isDefault ? defaultShell(Deno.build.os, textVariable) : value;
  if (isPosixShell(shell)) return posix;
  return shell === "fish" ? fish : shell === "pwsh" ? pwsh : undefined;
}

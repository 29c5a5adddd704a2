/**
 * What shells and Claude Code run all day: `claude-key env` and `claude-key get`, without options.
 * Whatever this imports is read, parsed and run for every cached key.
 *
 * @module
 */

import type { Invocation } from "./arguments.ts";
import { printAssignments } from "./assignments.ts";
import { run as get } from "./commands/get.ts";
import { exitStatusOf } from "./exit_status.ts";
import { defaultShell } from "./shells/default_shell.ts";
import { dialect as posix } from "./shells/posix.ts";
import { textVariable } from "./user_settings.ts";

/** A command that is run all day. */
export type DailyCommand = "env" | "get";

/**
 * Recognises a command line that is run all day. `env` is one where the shell is a POSIX shell.
 *
 * @param args The arguments, without the program's name.
 * @returns The command, or `undefined` if there is more to understand.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(dailyCommand(["get"]), "get");
 * assertEquals(dailyCommand(["get", "--refresh"]), undefined);
 * ```
 */
export function dailyCommand(args: readonly string[]): DailyCommand | undefined {
  const [command] = args;
  if (args.length !== 1) return undefined;
  if (command === "get") return command;
  const isPosix = command === "env" && defaultShell(Deno.build.os, textVariable) === "posix";
  return isPosix ? command : undefined;
}

/**
 * Runs a command without options.
 *
 * @param command The command.
 * @returns The status to exit with. Nothing is thrown: every failure has been reported.
 */
export async function runDaily(command: DailyCommand): Promise<number> {
  const invocation: Invocation = { command, values: {}, switches: new Set() };
  return await exitStatusOf(async () => {
    if (command === "get") return await get(invocation);
    return await printAssignments(posix, invocation);
  });
}

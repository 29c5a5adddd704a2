/**
 * The command line, from arguments to exit status.
 *
 * @module
 */

import type { Invocation } from "./arguments.ts";
import { reportError, setDebugging } from "./report.ts";
import { textVariable } from "./user_settings.ts";

/** A module under `commands/`. What it returns is the exit status, if that is not 0. */
interface CommandModule {
  run(invocation: Invocation): void | number | Promise<void | number>;
}

/** What a run does not need is not loaded. */
const MODULES: Readonly<Record<string, () => Promise<CommandModule>>> = {
  clear: () => import("./commands/clear.ts"),
  completions: () => import("./commands/completions.ts"),
  doctor: () => import("./commands/doctor.ts"),
  env: () => import("./commands/env.ts"),
  get: () => import("./commands/get.ts"),
  help: () => import("./commands/help.ts"),
  init: () => import("./commands/init.ts"),
  setup: () => import("./commands/setup.ts"),
  status: () => import("./commands/status.ts"),
  version: () => import("./commands/version.ts"),
};

/**
 * Runs claude-key.
 *
 * @param args The arguments, without the program's name.
 * @returns The status to exit with. Nothing is thrown: every failure has been reported.
 */
export async function main(args: readonly string[]): Promise<number> {
  try {
    setDebugging(textVariable("CLAUDE_DEBUG") === "1");
    const invocation = await understand(args);
    const load = MODULES[invocation.command];
    if (load === undefined) throw new Error(`no module for ${invocation.command}`);
    return await (await load()).run(invocation) ?? 0;
  } catch (error) {
    return reportError(error);
  }
}

async function understand(args: readonly string[]): Promise<Invocation> {
  const [first, ...rest] = args;
  // What shells and Claude Code run all day needs no parsing.
  if (rest.length === 0 && (first === "env" || first === "get")) {
    return { command: first, values: {}, switches: new Set() };
  }
  try {
    const { parseCommandLine } = await import("./arguments.ts");
    return await parseCommandLine(args);
  } catch (error) {
    if (first === "env") {
      const { failEvaluationOf } = await import("./commands/env.ts");
      await failEvaluationOf(args);
    }
    throw error;
  }
}

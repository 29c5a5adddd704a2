/**
 * The command line, from arguments to exit status.
 *
 * @module
 */

import { type Invocation, parseCommandLine } from "./command_line/arguments.ts";
import { runReported } from "./run_reported.ts";

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
 * Runs claude-key, whatever it is asked for.
 *
 * @param args The arguments, without the program's name.
 * @returns The status to exit with. Nothing is thrown: every failure has been reported.
 */
export async function main(args: readonly string[]): Promise<number> {
  return await runReported(async () => {
    const invocation = await understand(args);
    const load = MODULES[invocation.command];
    if (load === undefined) throw new Error(`no module for ${invocation.command}`);
    return await (await load()).run(invocation);
  });
}

async function understand(args: readonly string[]): Promise<Invocation> {
  try {
    return await parseCommandLine(args);
  } catch (error) {
    if (args[0] === "env") {
      const { failEvaluationOf } = await import("./commands/env.ts");
      await failEvaluationOf(args);
    }
    throw error;
  }
}

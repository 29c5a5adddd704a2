/**
 * Runs scripts in PowerShell 7, in the home of a terminal. As it takes most of a second to start,
 * one script checks as much as it can.
 *
 * @module
 */

import { FLAGS, QUIET } from "./powershell_machine.ts";
import { isInstalled, pathOf } from "./real_shells.ts";
import { NO_POSIX_SHELL } from "./skips.ts";
import type { Run, Terminal } from "./terminal.ts";

/** Whether it is not here, or what it is to run cannot be a script of `sh`. */
export const NO_POWERSHELL = NO_POSIX_SHELL || !isInstalled("pwsh");

/** What it finds beside the variables of the terminal. */
export const POWERSHELL_ENV: Readonly<Record<string, string>> = {
  DOTNET_ROOT: Deno.env.get("DOTNET_ROOT") ?? "",
  ...QUIET,
};

/** What came of a script. */
export interface ScriptRun extends Run {
  /** What it told by `tell`, which no trace and no message gets between. */
  readonly told: readonly string[];
}

/**
 * Runs a script.
 *
 * @param terminal Its home and its path.
 * @param script The script.
 * @param env Variables beside those of the terminal.
 * @returns What came of it.
 */
export async function runScript(
  terminal: Terminal,
  script: string,
  env: Readonly<Record<string, string>> = {},
): Promise<ScriptRun> {
  const [file, told] = [`${terminal.home}/script.ps1`, `${terminal.home}/told`];
  Deno.writeTextFileSync(file, `function tell { Add-Content '${told}' "$args" }\n${script}`);
  Deno.writeTextFileSync(told, "");
  const program = { command: pathOf("pwsh") ?? "", args: [...FLAGS, "-File", file], env: {} };
  const run = await terminal.run([], { program, env: { ...POWERSHELL_ENV, ...env } });
  return { ...run, told: Deno.readTextFileSync(told).split("\n").slice(0, -1) };
}

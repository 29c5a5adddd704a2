/**
 * How a run ends.
 *
 * @module
 */

import { defaultShell } from "./shells/default_shell.ts";
import { setShellAtHand } from "./text/shell_at_hand.ts";
import { reportError, setDebugging } from "./terminal/report.ts";
import { textVariable } from "./configuration/user_settings.ts";

/**
 * Does what is asked for. Nothing is thrown: every failure is reported.
 *
 * @param act What is asked for; what it returns is the exit status, if that is not 0.
 * @returns The status to exit with.
 */
export async function runReported(act: () => Promise<void | number>): Promise<number> {
  try {
    setShellAtHand(defaultShell(Deno.build.os, textVariable));
    setDebugging(textVariable("CLAUDE_DEBUG") === "1");
    return await act() ?? 0;
  } catch (error) {
    return reportError(error);
  }
}

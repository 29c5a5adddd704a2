/**
 * What Windows PowerShell 5.1, which runs on Windows only, lacks of a script.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { orKilled } from "./deadline.ts";
import { FLAGS, QUIET } from "./powershell_machine.ts";

const PROBE = fileURLToPath(new URL("probes/windows_powershell.ps1", import.meta.url));

/**
 * Reads a script with the eyes of Windows PowerShell 5.1. PowerShell 7 parses it and does not run
 * it, so that a test with this is to be skipped where there is no `pwsh`.
 *
 * @param script The text of the script, or of what somebody is to type.
 * @returns What 5.1 does not have, or understands otherwise, each as `line 3: what`; empty if the
 * script is good for it.
 * @throws {Error} If the script could not be read.
 */
export async function lackingInWindowsPowerShell(script: string): Promise<string[]> {
  const process = new Deno.Command("pwsh", {
    args: [...FLAGS, "-File", PROBE],
    env: QUIET,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const output = process.output();
  const writer = process.stdin.getWriter();
  await writer.write(new TextEncoder().encode(script));
  await writer.close();
  const { success, stdout, stderr } = await orKilled(
    "PowerShell reads the script",
    process,
    output,
  );
  const decoder = new TextDecoder();
  if (!success) throw new Error(`the script could not be read: ${decoder.decode(stderr)}`);
  return decoder.decode(stdout).split(/\r?\n/).filter((line) => line !== "");
}

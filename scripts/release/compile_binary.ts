/**
 * Turns the sources into a binary, in two steps: one bundled file, then that file and Deno's
 * runtime as one program.
 *
 * A bundle by itself, rather than `deno compile main.ts`, because a cache hit takes about a fifth
 * less time from one file than from forty modules; because the binary then carries neither
 * deno.json, lock file nor the paths of the machine that built it; and because the very text that
 * a binary runs can be read, and tested, without a binary. `deno compile --bundle` gives the same
 * text but would carry all of those.
 *
 * @module
 */

import { compiledPermissionFlags } from "../../lib/permissions.ts";
import type { Target } from "./targets.ts";
import { TIMESTAMP } from "./timestamp.ts";

/**
 * Checks the types of claude-key and puts all its modules into one file. Nothing is minified:
 * whoever wants to know what a binary runs can read it, and a trace names what it names in source.
 *
 * @param output The file to write.
 * @param flags The flags that choose the standard library; see `standard_library.ts`.
 * @throws {Error} If the types are wrong, the lock file is out of date or a module is missing.
 */
export async function bundle(output: string, flags: readonly string[]): Promise<void> {
  const settings = ["--quiet", "--frozen", "--check", ...flags];
  await deno(["bundle", ...settings, "--output", output, "main.ts"]);
  await Deno.utime(output, TIMESTAMP, TIMESTAMP);
}

/**
 * Compiles a bundle for a target.
 *
 * @param bundled The bundle.
 * @param target The target.
 * @param output The file to write. On Windows targets it must end in `.exe`.
 * @param runtime A `denort` of that target in the place of the one that Deno downloads.
 * @throws {Error} If Deno cannot compile it.
 */
export async function compileBinary(
  bundled: string,
  target: Target,
  output: string,
  runtime?: string,
): Promise<void> {
  await deno(
    ["compile", ...compileFlags(target), "--output", output, bundled],
    runtime === undefined ? {} : { DENORT_BIN: runtime },
  );
}

function compileFlags(target: Target): string[] {
  return [
    "--target",
    target.triple,
    ...compiledPermissionFlags(target.os),
    // Remembered by the binary: it says nothing when there is no `op` on the path.
    "--quiet",
    // The cache would be a predictable file in the shared temp folder, run as it is found there.
    "--no-code-cache",
    // A bundle is whole; whatever it still wanted from elsewhere would be a defect.
    "--no-config",
    "--no-lock",
    "--no-remote",
    "--no-npm",
    "--no-check",
  ];
}

async function deno(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: new URL("../..", import.meta.url),
    env: { ...env, DENO_NO_UPDATE_CHECK: "1" },
    stdout: "null",
  }).spawn().status;
  if (!success) throw new Error(`deno ${args[0]} failed`);
}

/**
 * Tools that some tests need and not every machine has.
 *
 * @module
 */

import { join } from "./join.ts";

/**
 * Tells whether a test has to be skipped. `.ci/run` installs every tool, so that it never is there.
 *
 * @param names Programs that are looked for on the path.
 * @returns Whether one of them is missing, or the system is none on which they can do their work.
 */
export function lacks(...names: readonly string[]): boolean {
  return Deno.build.os !== "linux" || names.some((name) => !isOnPath(name));
}

/**
 * Tells whether a test in which file permissions get in the user's way has to be skipped.
 *
 * @returns Whether they cannot: on Windows, and for root where there is no `setpriv`.
 */
export function ignoresPermissions(): boolean {
  return Deno.build.os === "windows" || Deno.uid() === 0 && lacks("setpriv");
}

/**
 * Tells whether a test that mounts a file system has to be skipped.
 *
 * @returns Whether the user may not mount: most containers keep even root from it.
 */
export function cannotMount(): boolean {
  if (lacks("mount", "umount", "unshare")) return true;
  const unshare = new Deno.Command("unshare", { args: ["--mount", "true"], stderr: "null" });
  return !unshare.outputSync().success;
}

function isOnPath(name: string): boolean {
  return (Deno.env.get("PATH") ?? "").split(":").some((folder) => {
    try {
      return Deno.statSync(join(folder, name)).isFile;
    } catch {
      return false;
    }
  });
}

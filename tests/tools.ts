/**
 * Tools that some tests need and not every machine has.
 *
 * @module
 */

import { join } from "../lib/native_path.ts";

/**
 * Tells whether a test has to be skipped. `.ci/run` installs every tool, so that it never is there.
 *
 * @param names Programs that are looked for on the path.
 * @returns Whether one of them is missing, or the system is none on which they can do their work.
 */
export function lacks(...names: readonly string[]): boolean {
  return Deno.build.os !== "linux" || names.some((name) => !isOnPath(name));
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

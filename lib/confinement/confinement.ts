/**
 * Gives up, for the rest of the process, everything but a few folders and `op`.
 *
 * @module
 */

import type { ResolvedFolder } from "../files/resolve_folder.ts";
import { roots } from "./permissions.ts";

/**
 * Narrows this process: from now on it can read and write below the given folders and run `op`,
 * and can do nothing else. There is no way back.
 *
 * @param folders Resolved ones, as a link that is replaced later must not lead anywhere else.
 */
export function confineTo(...folders: readonly ResolvedFolder[]): void {
  for (const name of ["read", "write"] as const) {
    for (const path of folders) Deno.permissions.requestSync({ name, path });
    for (const path of roots(Deno.build.os)) Deno.permissions.revokeSync({ name, path });
  }
  // Deno imports from a few public hosts unless told not to, and an address can carry a key out.
  Deno.permissions.revokeSync({ name: "import" });
  Deno.permissions.revokeSync({ name: "env" });
  Deno.permissions.revokeSync({ name: "sys" });
}

/**
 * Gives up even more, for a command that has no use for it.
 *
 * @param names `run`: the right to run `op`; `write`: to write into the folders that are left.
 */
export function giveUp(...names: readonly ("run" | "write")[]): void {
  for (const name of names) Deno.permissions.revokeSync({ name });
}

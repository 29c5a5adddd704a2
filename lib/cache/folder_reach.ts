/**
 * What this process can do in the cache folder, whatever it has asked for.
 *
 * @module
 */

import type { ResolvedFolder } from "../files/resolve_folder.ts";

/** What can be done in a folder. */
export type FolderReach = "read and write" | "read" | "nothing";

/**
 * Asks what can be done in a folder. Deno never grants one for writing that holds a program which may
 * be run, and grants those of the system and refuses them all the same.
 *
 * @param folder The folder; it need not be there.
 * @returns What can be done, as far as Deno decides it.
 */
export function reachOf(folder: ResolvedFolder): FolderReach {
  if (isRefused(folder) || !isGranted("read", folder)) return "nothing";
  return isGranted("write", folder) ? "read and write" : "read";
}

function isGranted(name: "read" | "write", path: ResolvedFolder): boolean {
  return Deno.permissions.querySync({ name, path }).state === "granted";
}

function isRefused(folder: ResolvedFolder): boolean {
  try {
    Deno.lstatSync(folder);
    return false;
  } catch (error) {
    return error instanceof Deno.errors.NotCapable;
  }
}

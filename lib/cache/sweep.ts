/**
 * Sweeps what nobody uses any more out of the cache folder: files of killed writers, and keys of
 * configurations that have changed since.
 *
 * @module
 */

import { below } from "../files/paths.ts";
import type { ResolvedFolder } from "../files/resolve_folder.ts";
import type { EntryFile } from "./entry_name.ts";
import { CLOCK_TOLERANCE } from "./guard.ts";
import { type ListedFile, listFolder } from "./list_folder.ts";
import { removeFile } from "./remove_file.ts";

/** The age, in milliseconds, at which nobody can still be writing a temporary file. */
const LEFTOVER_AGE = 60 * 60 * 1000;

/** The age, in milliseconds, at which nobody can still have the turn that a lock stands for. */
const LOCK_AGE = 2 * 24 * 60 * 60 * 1000;

/**
 * Removes what is too old to be of use. What has not the whole form of our names is left alone.
 *
 * @param folder The cache folder.
 * @param lifetime How old a key may become, in seconds.
 */
export async function sweep(folder: ResolvedFolder, lifetime: number): Promise<void> {
  for (const { name, kind } of list(folder)) {
    const path = below(folder, name);
    if (isTooOld(path, kind, lifetime * 1000)) await removeFile(path, kind === "lock");
  }
}

function list(folder: ResolvedFolder): ListedFile[] {
  try {
    return listFolder(folder);
  } catch {
    // It cannot be listed: the next write sweeps.
    return [];
  }
}

function isTooOld(path: string, kind: EntryFile["kind"], lifetime: number): boolean {
  try {
    const { isFile, mtime } = Deno.lstatSync(path);
    const age = Date.now() - (mtime?.getTime() ?? Infinity);
    if (!isFile) return false;
    if (kind === "temporary") return age > LEFTOVER_AGE;
    if (kind === "lock") return age > Math.max(LOCK_AGE, lifetime);
    // One from the future serves nobody until its time comes, and then for longer than it may.
    return age >= lifetime || age < -CLOCK_TOLERANCE;
  } catch {
    // Somebody else was faster.
    return false;
  }
}

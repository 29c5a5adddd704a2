/**
 * Gathers what there is to know about the cache folder.
 *
 * @module
 */

import type { ResolvedFolder } from "../files/resolve_folder.ts";
import { below } from "../files/paths.ts";
import { makeFolder, removeIfPresent, temporaryName, writeFlushed } from "../files/atomic_write.ts";
import { ENTRY_FILES, parseFileName } from "../cache/entry_name.ts";
import { listFolder } from "../cache/list_folder.ts";
import { LARGEST_KEY_LINE } from "../text/key_line.ts";
import { lockProblem } from "../cache/lock_file.ts";
import type { BrokenLock, FolderFacts, ProbeFacts } from "./check_cache.ts";
import { type Refusal, refusalOf } from "./refusal.ts";

/** Has the form of a cache file's name, so that the next write sweeps what a killed run leaves. */
const PROBE = `doctor-0000000000000000${ENTRY_FILES.key}`;

/**
 * Looks at the folder, which is made where it is missing.
 *
 * @param folder The cache folder.
 * @returns What is known of it, or why it cannot be looked at.
 */
export function lookAtFolder(folder: ResolvedFolder): FolderFacts | Refusal {
  try {
    if (!exists(folder)) makeFolder(folder);
    const { isDirectory, mode, uid } = Deno.lstatSync(folder);
    return { isDirectory, mode, uid, isShared: isDirectory && holdsOthers(folder) };
  } catch (error) {
    return refusalOf(error);
  }
}

/** A folder that cannot be listed may hold anything. */
function holdsOthers(folder: ResolvedFolder): boolean {
  try {
    return Array.from(Deno.readDirSync(folder)).some(({ name }) =>
      parseFileName(name) === undefined
    );
  } catch {
    return true;
  }
}

/**
 * Writes a file as large as a cached key can be, looks at it, and removes it.
 *
 * @param folder The cache folder.
 * @returns What is known of the file, or why it could not be written.
 */
export function writeProbe(folder: ResolvedFolder): ProbeFacts | Refusal {
  const path = below(folder, temporaryName(PROBE));
  try {
    const before = Date.now();
    writeFlushed(path, new Uint8Array(LARGEST_KEY_LINE));
    return { file: Deno.lstatSync(path), before, after: Date.now() };
  } catch (error) {
    return refusalOf(error);
  } finally {
    removeIfPresent(path);
  }
}

/**
 * Finds the newest file of the cache.
 *
 * @param folder The cache folder.
 * @returns Its time in milliseconds since 1970; nothing if there is none.
 */
export function newestTime(folder: ResolvedFolder): number | undefined {
  try {
    const times = listFolder(folder).map(({ name }) =>
      Deno.lstatSync(below(folder, name)).mtime?.getTime() ?? 0
    );
    return times.length === 0 ? undefined : Math.max(...times);
  } catch {
    return undefined;
  }
}

/**
 * Finds folders where keys belong. claude-key makes none, and lets nothing in them go.
 *
 * @param folder The cache folder.
 * @returns Their names, sorted; none where the folder cannot be listed.
 */
export function foldersForKeys(folder: ResolvedFolder): string[] {
  try {
    return listFolder(folder).filter(({ kind }) => kind === "key" || kind === "absent")
      .map(({ name }) => name)
      .filter((name) => Deno.lstatSync(below(folder, name)).isDirectory);
  } catch {
    return [];
  }
}

/**
 * Finds locks that cannot be taken. The next run that wants one puts it aside, if it can.
 *
 * @param folder The cache folder.
 * @returns What is wrong with each, sorted by name; none where the folder cannot be listed.
 */
export function brokenLocks(folder: ResolvedFolder): BrokenLock[] {
  try {
    return listFolder(folder).filter(({ kind }) => kind === "lock").flatMap(({ name }) => {
      const path = below(folder, name);
      const problem = lockProblem(path);
      if (problem === undefined) return [];
      return [{ name, problem, isDirectory: Deno.lstatSync(path).isDirectory }];
    });
  } catch {
    return [];
  }
}

/** What else keeps it from being looked at is said when it cannot be made either. */
function exists(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

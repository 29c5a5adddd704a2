/**
 * Makes the cache folder fit to keep keys, as far as that is in our power.
 *
 * @module
 */

import { makeFolder } from "../files/atomic_write.ts";
import { below } from "../files/paths.ts";
import type { ResolvedFolder } from "../files/resolve_folder.ts";
import { discardEntry } from "./discard_entry.ts";
import { reachOf } from "./folder_reach.ts";
import type { FolderProblem } from "./guard.ts";
import { listFolder } from "./list_folder.ts";
import { folderProblem } from "./read_entry.ts";

const WRITABLE_BY_OTHERS = 0o022;
/** Marks a folder that is meant for everybody, as `/tmp` is. */
const STICKY = 0o1000;

/**
 * Makes the folder where it is missing, and closes it where others can write in it. What has lain in
 * an open folder goes, as anybody may have given one key the name of another.
 *
 * @param folder The cache folder.
 * @param uid The user that runs this, or `null` where the system has no such numbers.
 * @returns What still speaks against it, so that nothing is to be read or written there.
 */
export function prepareFolder(
  folder: ResolvedFolder,
  uid: number | null,
): FolderProblem | undefined {
  if (reachOf(folder) !== "read and write") return "cache folder out of reach";
  try {
    makeFolder(folder);
  } catch {
    // The write that comes will say why.
  }
  const problem = folderProblem(folder, uid);
  if (problem !== "cache folder open to others") return problem;
  close(folder);
  return folderProblem(folder, uid);
}

/** Leaves one alone that is meant for everybody, or that cannot be emptied, as nobody can list it. */
function close(folder: ResolvedFolder): void {
  try {
    const mode = (Deno.lstatSync(folder).mode ?? STICKY) & 0o7777;
    if ((mode & STICKY) !== 0) return;
    listFolder(folder);
    Deno.chmodSync(folder, mode & ~WRITABLE_BY_OTHERS);
    // Anew, as somebody may have put something there before it was closed.
    for (const { name } of listFolder(folder)) discardEntry(below(folder, name));
  } catch {
    // It stays open.
  }
}

/**
 * Removes files of the cache, and nothing that only has their names.
 *
 * @module
 */

import { refusalWords } from "../failure/refusal_words.ts";
import { answerOf } from "./answer_of.ts";

/** How long the file system may take to say whether a lock is free, in milliseconds. */
const PATIENCE = 5_000;

/** What became of a file that was to be removed. */
type Removal = "removed" | "gone" | "in use" | { readonly problem: string };

/**
 * Removes a file. Of a symbolic link, the link goes and what it leads to stays.
 *
 * @param path The file.
 * @param lock Whether it is a lock, which stays while another process holds it.
 * @returns What became of it; `gone` if somebody else removed it in the meantime.
 */
export async function removeFile(path: string, lock: boolean): Promise<Removal> {
  try {
    const info = Deno.lstatSync(path);
    if (info.isDirectory) return { problem: "is a folder" };
    if (lock && info.isFile) return await removeLock(path);
    Deno.removeSync(path);
    return "removed";
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "gone";
    return { problem: `cannot be removed: ${refusalWords(error)}` };
  }
}

/** Removes a lock while nobody can take it. Where there are no locks, or it cannot be opened, nobody can hold it. */
async function removeLock(path: string): Promise<Removal> {
  using file = open(path);
  const free = file === undefined || await answerOf(file.tryLock(true).catch(() => true), PATIENCE);
  if (free === false) return "in use";
  Deno.removeSync(path);
  return "removed";
}

function open(path: string): Deno.FsFile | undefined {
  try {
    return Deno.openSync(path, { read: true, write: true });
  } catch {
    return undefined;
  }
}

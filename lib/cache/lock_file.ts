/**
 * Lock files: opened, or put in the place of what is none.
 *
 * @module
 */

import { temporaryName } from "../files/atomic_write.ts";
import { below, lastPart, parentOf } from "../files/paths.ts";
import { refusalWords } from "../failure/refusal_words.ts";

const PRIVATE_FILE = 0o600;

/** What is done with a lock file: the one who had the turn may leave word in it. */
const ACCESS = { read: true, write: true } as const;

/**
 * Opens a lock file, which is made where it is missing. What else lies in its place, or cannot be
 * opened, makes way: another user's file, one without permissions, a folder, a pipe, a link.
 *
 * @param path The file, in a folder that is made.
 * @returns The file; or nothing, where there can be none.
 */
export function openLockFile(path: string): Deno.FsFile | undefined {
  try {
    return open(path);
  } catch {
    return makeWay(path) ? succeed(() => open(path)) : undefined;
  }
}

/**
 * Says what is wrong with a lock file, so that each terminal asks 1Password for itself.
 *
 * @param path The file.
 * @returns The problem in words that fit behind its name; nothing if it can be opened, or if there
 * is none yet.
 */
export function lockProblem(path: string): string | undefined {
  try {
    if (!isRegular(path)) return "is not a file";
    Deno.openSync(path, ACCESS).close();
    return undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    return `cannot be opened: ${refusalWords(error)}`;
  }
}

/**
 * Tells whether a file that is open still is the one of that name. A lock on another one is none:
 * those who come later do not meet it.
 *
 * @param file The file.
 * @param path Its name.
 * @returns Whether it is.
 */
export function isStillThere(file: Deno.FsFile, path: string): boolean {
  return succeed(() => Deno.lstatSync(path).ino === file.statSync().ino) ?? false;
}

function open(path: string): Deno.FsFile {
  // Whatever else lies there is neither opened nor written through.
  if (succeed(() => isRegular(path)) === false) throw new Deno.errors.InvalidData();
  return Deno.openSync(path, { ...ACCESS, create: true, mode: PRIVATE_FILE });
}

function isRegular(path: string): boolean {
  return Deno.lstatSync(path).isFile;
}

/** What cannot be removed, as a folder with something in it, gets another name. */
function makeWay(path: string): boolean {
  if (succeed(() => Deno.lstatSync(path)) === undefined) return false;
  const aside = below(parentOf(path), temporaryName(lastPart(path)));
  const way = succeed(() => (Deno.removeSync(path), true)) ??
    succeed(() => (Deno.renameSync(path, aside), true));
  return way === true;
}

function succeed<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

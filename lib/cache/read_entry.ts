/**
 * Reads cache files through the guard. Whatever is wrong with one is a miss, never an error.
 *
 * @module
 */

import { type GuardRules, judgeContent, judgeFile, judgeSize, type MissReason } from "./guard.ts";

/** A key from the cache, or why there is none. */
export type CacheAnswer =
  | { readonly key: string; readonly modified: number }
  | { readonly miss: MissReason };

/**
 * Looks up a cached key.
 *
 * @param path The file.
 * @param rules What it is measured against.
 * @returns The key and its modification time in milliseconds since 1970, or the reason of the miss.
 */
export function readKey(path: string, rules: GuardRules): CacheAnswer {
  try {
    // A link is never followed, and opening a pipe would wait for a writer, for ever. Another user's
    // file may not even open, which would hide whose it is.
    const known = judgeKeyFile(Deno.lstatSync(path), rules);
    if (known !== undefined) return { miss: known };
    using file = Deno.openSync(path);
    const opened = file.statSync();
    // The file may have been replaced since it was looked at; what counts is the one that is read.
    const problem = judgeKeyFile(opened, rules);
    if (problem !== undefined) return { miss: problem };
    const judged = judgeContent(readAtMost(file, opened.size));
    return "key" in judged ? { ...judged, modified: opened.mtime?.getTime() ?? NaN } : judged;
  } catch (error) {
    return { miss: missOf(error) };
  }
}

/**
 * Looks up whether it is remembered that 1Password has no such field.
 *
 * @param path The file, which is empty.
 * @param rules What it is measured against.
 * @returns Whether it is remembered.
 */
export function isKnownAbsent(path: string, rules: GuardRules): boolean {
  try {
    const info = Deno.lstatSync(path);
    return info.size === 0 && judgeFile(info, rules) === undefined;
  } catch {
    return false;
  }
}

function judgeKeyFile(info: Deno.FileInfo, rules: GuardRules): MissReason | undefined {
  if (!info.isFile) return "not a regular file";
  return judgeSize(info.size) ?? judgeFile(info, rules);
}

function missOf(error: unknown): MissReason {
  return error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory
    ? "no cached key"
    : "cache file damaged";
}

function readAtMost(file: Deno.FsFile, limit: number): Uint8Array {
  const buffer = new Uint8Array(limit);
  let length = 0;
  while (length < limit) {
    const count = file.readSync(buffer.subarray(length));
    if (count === null) break;
    length += count;
  }
  return buffer.subarray(0, length);
}

/**
 * Reads cache files through the guard. Whatever is wrong with one is a miss, never an error.
 *
 * @module
 */

import { readJudged } from "../files/judged_file.ts";
import type { ResolvedFolder } from "../files/resolve_folder.ts";
import {
  type FolderProblem,
  type GuardRules,
  judgeContent,
  judgeFile,
  judgeFolder,
  judgeSize,
  type MissReason,
  modificationTime,
} from "./guard.ts";

/** A key from the cache with the time at which 1Password was asked for it, or why there is none. */
export type CacheAnswer =
  | { readonly key: string; readonly asked: number }
  | { readonly miss: MissReason };

/**
 * Looks up a cached key.
 *
 * @param path The file.
 * @param rules What it is measured against.
 * @returns The key and when it was asked for, in milliseconds since 1970, or the reason of the miss.
 */
export function readKey(path: string, rules: GuardRules): CacheAnswer {
  try {
    // A link is never followed. Another user's file may not even open, which would hide whose it is.
    const file = readJudged(path, (facts) => judgeKeyFile(facts, rules), Deno.lstatSync);
    if ("problem" in file) return { miss: file.problem };
    const judged = judgeContent(file.bytes);
    return "key" in judged ? { ...judged, asked: modificationTime(file.facts) ?? NaN } : judged;
  } catch (error) {
    return { miss: missOf(error) };
  }
}

/**
 * Looks up whether it is remembered that 1Password has no such field.
 *
 * @param path The file, which is empty.
 * @param rules What it is measured against.
 * @returns When 1Password was asked for it, in milliseconds since 1970; nothing if that is not
 * remembered.
 */
export function absentSince(path: string, rules: GuardRules): number | undefined {
  try {
    const info = Deno.lstatSync(path);
    if (info.size !== 0 || judgeFile(info, rules) !== undefined) return undefined;
    return modificationTime(info);
  } catch {
    return undefined;
  }
}

/**
 * Looks at the cache folder, in which nothing is to be trusted if others can write there.
 *
 * @param folder Its path.
 * @param uid The user that runs this, or `null` where the system has no such numbers.
 * @returns What speaks against it; nothing also where there is no such folder.
 */
export function folderProblem(
  folder: ResolvedFolder,
  uid: number | null,
): FolderProblem | undefined {
  if (uid === null) return undefined;
  try {
    return judgeFolder(Deno.lstatSync(folder), uid);
  } catch (error) {
    return error instanceof Deno.errors.NotCapable ? "cache folder out of reach" : undefined;
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

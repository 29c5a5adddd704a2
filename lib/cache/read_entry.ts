/**
 * Reads cache files through the guard. Whatever is wrong with one is a miss, never an error.
 *
 * @module
 */

import { readJudged } from "../files/judged_file.ts";
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
    // A link is never followed. Another user's file may not even open, which would hide whose it is.
    const file = readJudged(path, (facts) => judgeKeyFile(facts, rules), Deno.lstatSync);
    if ("problem" in file) return { miss: file.problem };
    const judged = judgeContent(file.bytes);
    return "key" in judged ? { ...judged, modified: file.facts.mtime?.getTime() ?? NaN } : judged;
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
export function remembersAbsence(path: string, rules: GuardRules): boolean {
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

/**
 * Decides whether a cache file is to be trusted.
 *
 * @module
 */

import { LARGEST_KEY_LINE, readKeyLine } from "../text/key_line.ts";

/** Why a cache file does not serve; the words of the debug line. */
export type MissReason =
  | "no cached key"
  | "cache file empty"
  | "cache file cut short"
  | "cache expired"
  | "no modification time"
  | "dated in the future"
  | "readable by others"
  | "owned by another user"
  | "not a regular file"
  | "too large"
  | "cache file damaged"
  | FolderProblem
  | "refresh asked"
  | "cache off";

/** Why nothing in the cache folder is to be trusted, nor anything to be put there. */
export type FolderProblem =
  | "cache folder owned by another user"
  | "cache folder open to others"
  | "cache folder out of reach";

/** How far ahead of the clock a modification time may be, in milliseconds. */
export const CLOCK_TOLERANCE = 5 * 60 * 1000;

const OPEN_TO_OTHERS = 0o077;

/** Who can write in a folder can give one key the name of another. */
const OPEN_TO_WRITERS = 0o022;

/** What a file is measured against. */
export interface GuardRules {
  /** How old it may be, in seconds. */
  readonly ttl: number;
  /** The time, in milliseconds since 1970. */
  readonly now: number;
  /** The user that runs this, or `null` where the system has no such numbers. */
  readonly uid: number | null;
}

/** What the guard looks at; a part of `Deno.FileInfo`. */
export type FileFacts = Pick<Deno.FileInfo, "isFile" | "mtime" | "uid" | "mode">;

/**
 * Tells when a file was modified.
 *
 * @param facts What the system says of the file.
 * @returns Its time in milliseconds since 1970; nothing if the system does not tell, or tells one
 * that is beyond all dates.
 */
export function modificationTime(facts: Pick<FileFacts, "mtime">): number | undefined {
  const time = facts.mtime?.getTime();
  return Number.isNaN(time) ? undefined : time;
}

/**
 * Judges a file by its age and by who may have written or read it.
 *
 * @param facts What the system says of the file.
 * @param rules What it is measured against.
 * @returns Why it does not serve, or `undefined` if nothing speaks against it.
 */
export function judgeFile(facts: FileFacts, rules: GuardRules): MissReason | undefined {
  if (!facts.isFile) return "not a regular file";
  const modified = modificationTime(facts);
  if (modified === undefined) return "no modification time";
  if (modified > rules.now + CLOCK_TOLERANCE) return "dated in the future";
  if (rules.now - modified >= rules.ttl * 1000) return "cache expired";
  if (rules.uid !== null && facts.uid !== rules.uid) return "owned by another user";
  // Windows has no such bits; there the folder lies in the user's own profile.
  if (rules.uid !== null && ((facts.mode ?? OPEN_TO_OTHERS) & OPEN_TO_OTHERS) !== 0) {
    return "readable by others";
  }
  return undefined;
}

/**
 * Judges a cache folder by who may have put something there. That others can look into it does no
 * harm, as its files are closed.
 *
 * @param facts What the system says of the folder.
 * @param uid The user that runs this, or `null` where the system has no such numbers.
 * @returns Why nothing in it is to be trusted, or `undefined` if nothing speaks against it.
 */
export function judgeFolder(
  facts: Pick<FileFacts, "uid" | "mode">,
  uid: number | null,
): FolderProblem | undefined {
  if (uid === null) return undefined;
  if (facts.uid !== uid) return "cache folder owned by another user";
  const open = ((facts.mode ?? OPEN_TO_WRITERS) & OPEN_TO_WRITERS) !== 0;
  return open ? "cache folder open to others" : undefined;
}

/**
 * Judges a file that holds a key by its size, before it is read.
 *
 * @param size Its size in bytes.
 * @returns Why it does not serve, or `undefined`.
 */
export function judgeSize(size: number): MissReason | undefined {
  if (size === 0) return "cache file empty";
  return size > LARGEST_KEY_LINE ? "too large" : undefined;
}

/**
 * Takes the key out of the content of a cache file.
 *
 * @param content The whole file.
 * @returns The key, or why there is none.
 */
export function judgeContent(content: Uint8Array): { key: string } | { miss: MissReason } {
  if (content.at(-1) !== NEWLINE) {
    return { miss: content.length === 0 ? "cache file empty" : "cache file cut short" };
  }
  if (content.length === 1) return { miss: "cache file empty" };
  const line = readKeyLine(content.subarray(0, -1));
  return "key" in line && !line.surrounded ? { key: line.key } : { miss: "cache file damaged" };
}

const NEWLINE = 0x0a;

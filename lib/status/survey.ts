/**
 * Looks at cache files for `status`. A key is judged here and goes no further.
 *
 * @module
 */

import type { ResolvedFolder } from "../files/resolve_folder.ts";
import { below } from "../files/paths.ts";
import { ENTRY_FILES } from "../cache/entry_name.ts";
import { type GuardRules, judgeFile, type MissReason, modificationTime } from "../cache/guard.ts";
import { listFolder } from "../cache/list_folder.ts";
import { folderProblem, readKey } from "../cache/read_entry.ts";
import type { Entries, Entry } from "../key/entries.ts";
import { formatReference } from "../configuration/secret_reference.ts";

/** What becomes of an entry when its key is asked for. `no such field` is remembered as well. */
type EntryState = "usable" | "no such field" | MissReason;

/** A cache entry. */
export interface SurveyedEntry {
  /** The secret, if it is one of the current configuration: a file name does not tell. */
  readonly reference?: string;
  /** The file's name in the cache folder; of an entry that is not there, the one it would have. */
  readonly file: string;
  /** Whether it serves. */
  readonly state: EntryState;
  /** Since when it is cached, in milliseconds since 1970, if that is known. */
  readonly since?: number;
  /** How much longer it serves, in seconds; 0 if it does not. */
  readonly left: number;
  /** Its size in bytes, if it is there. */
  readonly size?: number;
  /** Its permission bits, if it is there and the system has such. */
  readonly mode?: number;
}

/**
 * Looks at the entries of the current configuration.
 *
 * @param folder The cache folder.
 * @param entries The entries.
 * @param rules What they are measured against.
 * @returns The project's own, if such are looked for, and the one for everybody.
 */
export function surveyEntries(
  folder: ResolvedFolder,
  { project, common }: Entries,
  rules: GuardRules,
): SurveyedEntry[] {
  const named = project === undefined ? [common] : [project, common];
  return named.map((entry) => surveyEntry(folder, entry, rules));
}

/**
 * Looks at every entry that claude-key has in the cache folder.
 *
 * @param folder The cache folder.
 * @param rules What they are measured against.
 * @returns The entries, sorted by name; none if the folder does not exist.
 * @throws {Failure} Of kind `other` if the folder cannot be listed.
 */
export function surveyFolder(folder: ResolvedFolder, rules: GuardRules): SurveyedEntry[] {
  return listFolder(folder)
    .filter(({ kind }) => kind === "key" || kind === "absent")
    .map(({ name }) => surveyFile(folder, name, rules));
}

function surveyEntry(
  folder: ResolvedFolder,
  { secret, name }: Entry,
  rules: GuardRules,
): SurveyedEntry {
  const key = surveyFile(folder, name + ENTRY_FILES.key, rules);
  const absent = surveyFile(folder, name + ENTRY_FILES.absent, rules);
  const counts = key.state !== "usable" && absent.size !== undefined ? absent : key;
  return { reference: formatReference(secret.reference), ...counts };
}

function surveyFile(folder: ResolvedFolder, file: string, rules: GuardRules): SurveyedEntry {
  const path = below(folder, file);
  const info = lstat(path);
  if (info === undefined) return { file, state: "no cached key", left: 0 };
  const problem = folderProblem(folder, rules.uid);
  const state = rules.ttl === 0
    ? "cache off"
    : problem !== undefined
    ? problem
    : file.endsWith(ENTRY_FILES.key)
    ? keyState(path, rules)
    : absenceState(info, rules);
  const since = modificationTime(info);
  const serves = state === "usable" || state === "no such field";
  return {
    file,
    state,
    ...(since !== undefined && { since }),
    left: serves && since !== undefined ? rules.ttl - (rules.now - since) / 1000 : 0,
    size: info.size,
    // Where there are no users' numbers, Deno makes a mode up.
    ...(rules.uid !== null && info.mode !== null && { mode: info.mode & 0o7777 }),
  };
}

function keyState(path: string, rules: GuardRules): EntryState {
  const answer = readKey(path, rules);
  return "miss" in answer ? answer.miss : "usable";
}

function absenceState(info: Deno.FileInfo, rules: GuardRules): EntryState {
  return judgeFile(info, rules) ?? (info.size === 0 ? "no such field" : "cache file damaged");
}

function lstat(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.lstatSync(path);
  } catch {
    return undefined;
  }
}

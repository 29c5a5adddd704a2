/**
 * The cache entries that may answer a request, and what they hold.
 *
 * @module
 */

import type { ResolvedFolder } from "../files/resolve_folder.ts";
import { ENTRY_FILES, entryName } from "../cache/entry_name.ts";
import type { GuardRules } from "../cache/guard.ts";
import { absentSince, type CacheAnswer, folderProblem, readKey } from "../cache/read_entry.ts";
import type { Configuration, Secret } from "../configuration/configuration.ts";
import { below } from "../files/paths.ts";

/** Where a key may come from: the cache if it has a good one, else 1Password; or one of them alone. */
export type KeySource = "cache or 1Password" | "1Password" | "cache";

/** What is asked for. */
export interface KeyRequest {
  /** Which secret, and how it is kept. */
  readonly configuration: Configuration;
  /** The cache folder; without one, nothing is cached. */
  readonly folder: ResolvedFolder | undefined;
  /** The user that runs this, or `null` where the system has no such numbers. */
  readonly uid: number | null;
  /** Where the key may come from. */
  readonly from: KeySource;
}

/** A secret with the name of its cache entry. */
export interface Entry {
  /** The secret. */
  readonly secret: Secret;
  /** Its name in the cache folder, without an ending. */
  readonly name: string;
}

/** The entries that may answer a request, the project's own first. */
export interface Entries {
  /** The project's own, where such are to be looked for. */
  readonly project?: Entry;
  /** The one that everybody gets who has none of their own. */
  readonly common: Entry;
}

/**
 * Names the cache entries that may answer.
 *
 * @param configuration Which secrets.
 * @returns The entries.
 */
export async function entriesOf({ secret, projectSecret }: Configuration): Promise<Entries> {
  return {
    ...(projectSecret && { project: await entryOf(projectSecret) }),
    common: await entryOf(secret),
  };
}

/**
 * Looks into the cache.
 *
 * @param request What is asked for.
 * @param entries Where it may lie.
 * @param grace How much older than the TTL a key may be, in seconds.
 * @returns The key, or why there is none.
 */
export function lookUp(request: KeyRequest, entries: Entries, grace: number = 0): CacheAnswer {
  const { folder, uid, configuration: { ttl } } = request;
  if (folder === undefined) return { miss: "cache off" };
  const problem = folderProblem(folder, uid);
  if (problem !== undefined) return { miss: problem };
  const rules: GuardRules = { ttl: ttl + grace, now: Date.now(), uid };
  const common = (): CacheAnswer => readKey(fileOf(folder, entries.common, "key"), rules);
  if (entries.project === undefined) return common();
  const own = readKey(fileOf(folder, entries.project, "key"), rules);
  const absent = "key" in own
    ? undefined
    : absentSince(fileOf(folder, entries.project, "absent"), rules);
  if (absent === undefined) return own;
  const answer = common();
  // It rests on both, so that it is as old as the older one.
  return "key" in answer ? { ...answer, asked: Math.min(answer.asked, absent) } : answer;
}

/**
 * Looks up whether the cache remembers that 1Password has no such field.
 *
 * @param request What is asked for.
 * @param entry The entry of the field.
 * @returns Whether it does.
 */
export function isAbsent(
  { folder, uid, configuration: { ttl } }: KeyRequest,
  entry: Entry,
): boolean {
  const rules: GuardRules = { ttl, now: Date.now(), uid };
  return folder !== undefined && absentSince(fileOf(folder, entry, "absent"), rules) !== undefined;
}

/**
 * Names a file of an entry.
 *
 * @param folder The cache folder.
 * @param entry The entry.
 * @param kind Which of its files.
 * @returns The file's path.
 */
export function fileOf(
  folder: ResolvedFolder,
  { name }: Entry,
  kind: keyof typeof ENTRY_FILES,
): string {
  return below(folder, name + ENTRY_FILES[kind]);
}

async function entryOf(secret: Secret): Promise<Entry> {
  return { secret, name: await entryName(secret) };
}

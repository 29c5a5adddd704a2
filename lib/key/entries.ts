/**
 * The cache entries that may answer a request, and what they hold.
 *
 * @module
 */

import type { ResolvedFolder } from "../files/resolve_folder.ts";
import { ENTRY_FILES, entryName } from "../cache/entry_name.ts";
import type { GuardRules, MissReason } from "../cache/guard.ts";
import { type CacheAnswer, readKey, remembersAbsence } from "../cache/read_entry.ts";
import type { Configuration, Secret } from "../configuration/configuration.ts";
import { below } from "../files/paths.ts";

/** What is asked for. */
export interface KeyRequest {
  /** Which secret, and how it is kept. */
  readonly configuration: Configuration;
  /** The cache folder. */
  readonly folder: ResolvedFolder;
  /** The user that runs this, or `null` where the system has no such numbers. */
  readonly uid: number | null;
  /** Whether 1Password is to be asked whatever the cache has. */
  readonly refresh: boolean;
}

/** A key and where it comes from. */
export interface ObtainedKey {
  /** At least one character, no control characters. */
  readonly key: string;
  /** Why it had to be fetched, if it did not come from the cache. */
  readonly fetched?: MissReason;
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
  if (ttl === 0) return { miss: "cache off" };
  const rules: GuardRules = { ttl: ttl + grace, now: Date.now(), uid };
  if (entries.project !== undefined) {
    const { name } = entries.project;
    const own = readKey(below(folder, name + ENTRY_FILES.key), rules);
    if ("key" in own || !isAbsent(request, entries.project, grace)) return own;
  }
  return readKey(below(folder, entries.common.name + ENTRY_FILES.key), rules);
}

/**
 * Looks up whether the cache remembers that 1Password has no such field.
 *
 * @param request What is asked for.
 * @param entry The entry of the field.
 * @param grace How much older than the TTL the memory may be, in seconds.
 * @returns Whether it does.
 */
export function isAbsent(
  { folder, uid, configuration: { ttl } }: KeyRequest,
  { name }: Entry,
  grace: number = 0,
): boolean {
  const rules: GuardRules = { ttl: ttl + grace, now: Date.now(), uid };
  return remembersAbsence(below(folder, name + ENTRY_FILES.absent), rules);
}

async function entryOf(secret: Secret): Promise<Entry> {
  return { secret, name: await entryName(secret) };
}

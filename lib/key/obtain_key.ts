/**
 * Gets the key: from the cache if it has a good one, else from 1Password.
 *
 * @module
 */

import type { MissReason } from "../cache/guard.ts";
import { Failure } from "../failure/failure.ts";
import { debug } from "../terminal/report.ts";
import { entriesOf, type KeyRequest, lookUp } from "./entries.ts";

/**
 * Gets the key, and says on request where it comes from, or why it did not come from the cache.
 *
 * @param request What is asked for.
 * @returns The key: at least one character, no control characters.
 * @throws {Failure} If there is no key to be had.
 */
export async function obtainKey(request: KeyRequest): Promise<string> {
  const { configuration: { ttl }, from } = request;
  const entries = await entriesOf(request.configuration);
  const answer = lookUp(request, entries);
  if ("key" in answer && from !== "1Password") return fromCache(answer.key);
  const reason = "key" in answer || (from === "1Password" && ttl > 0)
    ? "refresh asked"
    : answer.miss;
  try {
    if (from === "cache") throw notCached(reason);
    const { fetchKey } = await import("./fetch_key.ts");
    const { key, fetched } = await fetchKey(request, entries, answer);
    if (!fetched) return fromCache(key);
    debug(`key fetched from 1Password (${reason})`);
    return key;
  } catch (error) {
    debug(`no key from the cache (${reason})`);
    throw error;
  }
}

function fromCache(key: string): string {
  debug("key loaded from cache");
  return key;
}

function notCached(reason: MissReason): Failure {
  return new Failure("not cached", `the cache has no key that serves: ${reason}`, [
    "to ask 1Password, run: claude-key get",
  ]);
}

/**
 * Gets the key: from the cache if it has a good one, else from 1Password.
 *
 * @module
 */

import { entriesOf, type KeyRequest, lookUp, type ObtainedKey } from "./entries.ts";

/**
 * Gets the key.
 *
 * @param request What is asked for.
 * @returns The key and where it comes from.
 * @throws {Failure} If there is no key to be had.
 */
export async function obtainKey(request: KeyRequest): Promise<ObtainedKey> {
  const { configuration, refresh } = request;
  const entries = await entriesOf(configuration);
  const answer = lookUp(request, entries);
  if ("key" in answer && !refresh) return { key: answer.key };
  const reason = "key" in answer || (refresh && configuration.ttl > 0)
    ? "refresh asked"
    : answer.miss;
  const { fetchKey } = await import("./fetch_key.ts");
  return await fetchKey(request, entries, reason);
}

/**
 * What a cache miss leads to: one process asks 1Password, all that wait share what it gets.
 *
 * @module
 */

import { removeIfPresent } from "../files/atomic_write.ts";
import { ENTRY_FILES } from "../cache/entry_name.ts";
import { Flight } from "../cache/flight.ts";
import type { MissReason } from "../cache/guard.ts";
import { writeEntry } from "../cache/write_entry.ts";
import { formatDuration } from "../text/duration.ts";
import { Failure, type FailureKind } from "../failure/failure.ts";
import { Interruption } from "../terminal/interruption.ts";
import {
  type Entries,
  type Entry,
  isAbsent,
  type KeyRequest,
  lookUp,
  type ObtainedKey,
} from "./entries.ts";
import type { ReadKey } from "../op/answer.ts";
import { type ReadOptions, readSecret } from "../op/read_secret.ts";
import { formatReference } from "../configuration/secret_reference.ts";
import { below } from "../files/paths.ts";
import { quoted } from "../text/quoted.ts";
import { refusalWords } from "../failure/refusal_words.ts";
import { passOn, warn } from "../terminal/report.ts";
import { WaitingNotice } from "../terminal/waiting_notice.ts";

/** How much longer than `op` may take others wait for the process that asks, in seconds. */
const FLIGHT_MARGIN = 5;

/** What fails for one process alone, and costs nobody a prompt when the next one tries. */
const OWN_FAILURES: ReadonlySet<FailureKind> = new Set([
  "interrupted",
  "terminated",
  "op missing",
]);

/** What fails whichever secret is asked for. */
const GENERAL_FAILURES: ReadonlySet<FailureKind> = new Set([
  "offline",
  "locked",
  "app unreachable",
  "timed out",
]);

/** What one process does to get a key from 1Password. */
interface Fetching {
  readonly request: KeyRequest;
  readonly entries: Entries;
  readonly notice: WaitingNotice;
  readonly signal: AbortSignal;
  /** The entry that was asked for last. */
  asked: Entry;
  /** Whether it has been said that the cache cannot be written. */
  warned: boolean;
}

/**
 * Fetches the key from 1Password and caches it.
 *
 * @param request What is asked for.
 * @param entries Where it is kept.
 * @param reason Why the cache did not serve.
 * @returns The key; from the cache after all, if another process has just fetched it, or if
 * 1Password cannot be reached and a stale key may be used.
 * @throws {Failure} If there is no key to be had.
 */
export async function fetchKey(
  request: KeyRequest,
  entries: Entries,
  reason: MissReason,
): Promise<ObtainedKey> {
  try {
    using interruption = new Interruption();
    using notice = new WaitingNotice();
    const { signal } = interruption;
    const fetching = { request, entries, notice, signal, asked: entries.common, warned: false };
    if (request.configuration.ttl === 0) {
      return { key: await askUncached(fetching), fetched: reason };
    }
    return await askOnce(fetching, reason);
  } catch (error) {
    const stale = error instanceof Failure ? staleKey(request, entries, error) : undefined;
    if (stale === undefined) throw error;
    return { key: stale };
  }
}

function staleKey(request: KeyRequest, entries: Entries, failure: Failure): string | undefined {
  const { ttl, staleIfError } = request.configuration;
  if (failure.kind !== "offline" && failure.kind !== "app unreachable") return undefined;
  if (staleIfError === 0) return undefined;
  const answer = lookUp(request, entries, staleIfError);
  if ("miss" in answer) return undefined;
  const age = Math.max(0, Date.now() - answer.modified) / 1000;
  const expired = age > ttl ? `, which expired ${formatDuration(age - ttl)} ago` : "";
  warn(`${failure.message}; using the cached key${expired}`);
  return answer.key;
}

/** Asks 1Password, unless another process does so already. */
async function askOnce(fetching: Fetching, reason: MissReason): Promise<ObtainedKey> {
  const { request, entries, signal } = fetching;
  const { folder, refresh, configuration: { timeout } } = request;
  const began = Date.now();
  const { project, common } = entries;
  const reads = project === undefined ? 1 : 2;
  using flight = await Flight.join(folder, common.name + ENTRY_FILES.lock, {
    patience: (reads * timeout + FLIGHT_MARGIN) * 1000,
    signal,
  });
  const answer = lookUp(request, entries);
  // A refresh is content with what another process fetched since it was asked for.
  if ("key" in answer && (!refresh || (flight?.waited && answer.modified >= began))) {
    return { key: answer.key };
  }
  const shared = flight?.sharedFailure([common.name, ...(project ? [project.name] : [])]);
  if (shared !== undefined) throw shared;
  try {
    return await askAndKeep(fetching, reason);
  } catch (error) {
    if (error instanceof Failure && !OWN_FAILURES.has(error.kind)) {
      flight?.share(error, GENERAL_FAILURES.has(error.kind) ? undefined : fetching.asked.name);
    }
    throw error;
  }
}

async function askAndKeep(fetching: Fetching, reason: MissReason): Promise<ObtainedKey> {
  const { request, entries: { project, common } } = fetching;
  if (project !== undefined && (request.refresh || !isAbsent(request, project))) {
    const own = await probe(fetching, project);
    if (own !== undefined) {
      await keep(fetching, project, "key", own);
      return { key: own, fetched: reason };
    }
    await keep(fetching, project, "absent");
    const answer = lookUp(request, { common });
    if ("key" in answer && !request.refresh) return { key: answer.key };
  }
  const key = await read(fetching, common);
  await keep(fetching, common, "key", key);
  return { key, fetched: reason };
}

/** Asks and keeps nothing. */
async function askUncached(fetching: Fetching): Promise<string> {
  const { project, common } = fetching.entries;
  return (project && await probe(fetching, project)) ?? await read(fetching, common);
}

/** Reads the project's own field. That there is none is expected, so nobody sees `op` say so. */
async function probe(fetching: Fetching, project: Entry): Promise<string | undefined> {
  fetching.asked = project;
  try {
    return keyIn(fetching, project, await readSecret(project.secret, readOptions(fetching)));
  } catch (error) {
    if (error instanceof Failure && error.kind === "no field") return undefined;
    throw error;
  }
}

async function read(fetching: Fetching, entry: Entry): Promise<string> {
  fetching.asked = entry;
  const onWords = fetching.notice.givingWayTo(passOn);
  return keyIn(
    fetching,
    entry,
    await readSecret(entry.secret, { ...readOptions(fetching), onWords }),
  );
}

function keyIn({ notice }: Fetching, { secret }: Entry, { key, surrounded }: ReadKey): string {
  if (surrounded) {
    notice[Symbol.dispose]();
    const place = formatReference(secret.reference);
    warn(`${place} has white space around its key, which is left out; remove it in 1Password`);
  }
  return key;
}

function readOptions({ request, signal }: Fetching): Omit<ReadOptions, "onWords"> {
  const { timeout, withheld, whereToSet } = request.configuration;
  return {
    timeout,
    withheld,
    signal,
    ...(whereToSet !== undefined && { whereToSet }),
  };
}

/** Caches a key, or that there is none; what was cached to the contrary goes. */
async function keep(
  fetching: Fetching,
  { name }: Entry,
  kind: "key" | "absent",
  key?: string,
): Promise<void> {
  const { folder, configuration: { cacheFolder } } = fetching.request;
  try {
    await writeEntry(folder, name + ENTRY_FILES[kind], key === undefined ? "" : `${key}\n`);
    removeIfPresent(below(folder, name + ENTRY_FILES[kind === "key" ? "absent" : "key"]));
  } catch (error) {
    if (fetching.warned) return;
    fetching.warned = true;
    fetching.notice[Symbol.dispose]();
    warn(`the key could not be cached in ${quoted(cacheFolder)}: ${refusalWords(error)}`);
  }
}

/**
 * What a cache miss leads to: one process asks 1Password, all that wait share what it gets.
 *
 * @module
 */

import type { CacheAnswer } from "../cache/read_entry.ts";
import { Flight } from "../cache/flight.ts";
import { prepareFolder } from "../cache/prepare_folder.ts";
import { formatDuration } from "../text/duration.ts";
import { Failure, type FailureKind } from "../failure/failure.ts";
import type { ResolvedFolder } from "../files/resolve_folder.ts";
import { Interruption } from "../terminal/interruption.ts";
import { formatReference } from "../configuration/secret_reference.ts";
import { AskedTime } from "./asked_time.ts";
import { type Entries, type Entry, isAbsent, type KeyRequest, lookUp } from "./entries.ts";
import { Keeping } from "./keep_key.ts";
import type { ReadKey } from "../op/answer.ts";
import { type ReadOptions, readSecret } from "../op/read_secret.ts";
import { passOn, warn } from "../terminal/report.ts";
import { sharedFailure } from "./shared_failure.ts";
import { WaitingNotice } from "../terminal/waiting_notice.ts";

/** How much longer than `op` may take others wait for the process that asks, in seconds. */
const FLIGHT_MARGIN = 5;

/** How long the file system may take to say whether a lock is free, in seconds. */
const LOCK_ANSWER_TIME = 15;

/** What fails whichever secret is asked for. */
const GENERAL_FAILURES: ReadonlySet<FailureKind> = new Set([
  "offline",
  "locked",
  "app unreachable",
  "timed out",
]);

/** What says that a cached key is one no more. */
const GONE: ReadonlySet<FailureKind> = new Set(["not found", "no field"]);

/** A key and where it comes from. */
interface FetchedKey {
  /** At least one character, no control characters. */
  readonly key: string;
  /** Whether 1Password gave it just now, to this process. */
  readonly fetched: boolean;
}

/** What one process does to get a key from 1Password. */
interface Fetching {
  readonly request: KeyRequest;
  readonly entries: Entries;
  readonly keeping: Keeping;
  readonly notice: WaitingNotice;
  readonly signal: AbortSignal;
  /** The entry that was asked for last. */
  asked: Entry;
}

/**
 * Fetches the key from 1Password and caches it.
 *
 * @param request What is asked for.
 * @param entries Where it is kept.
 * @param before What the cache had when this began.
 * @returns The key; from the cache after all, if another process has just fetched it, or if
 * 1Password cannot be reached and a stale key may be used.
 * @throws {Failure} If there is no key to be had.
 */
export async function fetchKey(
  request: KeyRequest,
  entries: Entries,
  before: CacheAnswer,
): Promise<FetchedKey> {
  const { folder, uid, configuration } = request;
  try {
    using interruption = new Interruption();
    using notice = new WaitingNotice();
    const { signal } = interruption;
    const problem = folder === undefined ? undefined : prepareFolder(folder, uid);
    const place = problem === undefined ? folder : undefined;
    const keeping = new Keeping(configuration, place, uid, notice);
    if (problem !== undefined) keeping.warnOfFolder(problem);
    const fetching = { request, entries, keeping, notice, signal, asked: entries.common };
    return place === undefined
      ? { key: await ask(fetching), fetched: true }
      : await askOnce(fetching, place, before);
  } catch (error) {
    const stale = error instanceof Failure ? staleKey(request, entries, error) : undefined;
    if (stale === undefined) throw error;
    return { key: stale, fetched: false };
  }
}

function staleKey(request: KeyRequest, entries: Entries, failure: Failure): string | undefined {
  const { ttl, staleIfError } = request.configuration;
  if (failure.kind !== "offline" && failure.kind !== "app unreachable") return undefined;
  if (staleIfError === 0) return undefined;
  const answer = lookUp(request, entries, staleIfError);
  if ("miss" in answer) return undefined;
  const age = Math.max(0, Date.now() - answer.asked) / 1000;
  const expired = age > ttl ? `, which expired ${formatDuration(age - ttl)} ago` : "";
  warn(`${failure.message}; using the cached key${expired}`);
  return answer.key;
}

/** Asks 1Password, unless another process does so already. */
async function askOnce(
  fetching: Fetching,
  folder: ResolvedFolder,
  before: CacheAnswer,
): Promise<FetchedKey> {
  const { request, entries, signal } = fetching;
  const { from, configuration: { timeout } } = request;
  const began = new AskedTime("key" in before ? before.asked : undefined);
  const { project, common } = entries;
  const reads = project === undefined ? 1 : 2;
  using flight = await Flight.join(folder, common.name, {
    patience: (reads * timeout + FLIGHT_MARGIN) * 1000,
    answerTime: Math.min(timeout, LOCK_ANSWER_TIME) * 1000,
    signal,
  });
  const answer = lookUp(request, entries);
  // A refresh is content with what another process has asked for since it began.
  if ("key" in answer && (from !== "1Password" || began.isBefore(answer.asked))) {
    return { key: answer.key, fetched: false };
  }
  const shared = flight?.sharedFailure([common.name, ...(project ? [project.name] : [])]);
  if (shared !== undefined) throw sharedFailure(shared);
  try {
    return { key: await ask(fetching), fetched: true };
  } catch (error) {
    if (error instanceof Failure) {
      flight?.share(
        error.kind,
        GENERAL_FAILURES.has(error.kind) ? undefined : fetching.asked.name,
      );
    }
    throw error;
  }
}

async function ask(fetching: Fetching): Promise<string> {
  const { request, keeping, entries: { project, common } } = fetching;
  if (project !== undefined && (request.from === "1Password" || !isAbsent(request, project))) {
    const asked = keeping.now(project);
    const own = await probe(fetching, project);
    if (own !== undefined) return await keeping.keep(project, own, asked);
    await keeping.keepAbsence(project, asked);
    const answer = lookUp(request, { common });
    if ("key" in answer && request.from !== "1Password") return answer.key;
  }
  const asked = keeping.now(common);
  return await keeping.keep(common, await read(fetching, common), asked);
}

/** Reads the project's own field. That there is none is expected, so nobody sees `op` say so. */
async function probe(fetching: Fetching, project: Entry): Promise<string | undefined> {
  fetching.asked = project;
  try {
    return keyIn(fetching, project, await readSecret(project.secret, readOptions(fetching)));
  } catch (error) {
    if (error instanceof Failure && error.kind === "no field") return undefined;
    throw forgetting(fetching, error);
  }
}

async function read(fetching: Fetching, entry: Entry): Promise<string> {
  fetching.asked = entry;
  const onWords = fetching.notice.givingWayTo(passOn);
  try {
    const answer = await readSecret(entry.secret, { ...readOptions(fetching), onWords });
    return keyIn(fetching, entry, answer);
  } catch (error) {
    throw forgetting(fetching, error);
  }
}

function keyIn({ notice }: Fetching, { secret }: Entry, { key, surrounded }: ReadKey): string {
  if (surrounded) {
    notice[Symbol.dispose]();
    const place = formatReference(secret.reference);
    warn(`${place} has white space around its key, which is left out; remove it in 1Password`);
  }
  return key;
}

/** What 1Password says is not there is not served from the cache either. */
function forgetting({ keeping, asked }: Fetching, error: unknown): unknown {
  if (error instanceof Failure && GONE.has(error.kind)) keeping.forget(asked);
  return error;
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

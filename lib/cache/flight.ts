/**
 * Single flight: of many processes that miss the cache at once, one asks 1Password and the others
 * wait for what it gets. The lock saves prompts and nothing else; without it all still works.
 *
 * @module
 */

import type { ResolvedFolder } from "../files/resolve_folder.ts";
import { makeFolder } from "../files/atomic_write.ts";
import { EXIT_STATUS, Failure, type FailureKind } from "../failure/failure.ts";
import { below } from "../files/paths.ts";

const PRIVATE_FILE = 0o600;
const LARGEST_RECORD = 64 * 1024;

/** How a process waits for its turn. */
interface WaitOptions {
  /** How long to wait at the most, in milliseconds. */
  readonly patience: number;
  /** Ends the wait; its reason is then thrown. */
  readonly signal: AbortSignal;
}

/** A failure as the process that asked leaves it for those who wait. */
interface FailureRecord {
  readonly at: number;
  readonly kind: FailureKind;
  readonly message: string;
  readonly hints: readonly string[];
  /** The entry that it is about; without one it is about 1Password as a whole. */
  readonly entry?: string;
}

/** The turn of a process to ask 1Password. Closing it lets the next one in. */
export class Flight {
  readonly #file: Deno.FsFile;
  readonly #waitingSince: number | undefined;

  private constructor(file: Deno.FsFile, waitingSince: number | undefined) {
    this.#file = file;
    this.#waitingSince = waitingSince;
  }

  /**
   * Waits for this process's turn.
   *
   * @param folder The cache folder, made where it is missing.
   * @param name The lock file. The kernel releases the lock when the process that has it dies.
   * @param options How long to wait.
   * @returns The turn; or nothing where there are no locks, or the one who holds it seems to be
   * suspended: then go on without.
   * @throws The reason of `options.signal`, if that ended the wait.
   */
  static async join(
    folder: ResolvedFolder,
    name: string,
    options: WaitOptions,
  ): Promise<Flight | undefined> {
    const file = openLockFile(folder, name);
    if (file === undefined) return undefined;
    const since = Date.now();
    try {
      if (await file.tryLock(true)) return new Flight(file, undefined);
      if (await locked(file, options)) return new Flight(file, since);
    } catch {
      options.signal.throwIfAborted();
    }
    file.close();
    return undefined;
  }

  /** Whether somebody else had the turn before. */
  get waited(): boolean {
    return this.#waitingSince !== undefined;
  }

  /**
   * The failure of the process that asked while this one waited.
   *
   * @param entries The entries that this process wants one of.
   * @returns The failure, or nothing if that process did not fail, or failed before, or with an
   * entry that this one does not want.
   */
  sharedFailure(entries: readonly string[]): Failure | undefined {
    if (this.#waitingSince === undefined) return undefined;
    const record = parseRecord(this.#read());
    if (record === undefined || record.at < this.#waitingSince || record.at > Date.now()) {
      return undefined;
    }
    if (record.entry !== undefined && !entries.includes(record.entry)) return undefined;
    return new Failure(record.kind, record.message, record.hints);
  }

  /**
   * Leaves a failure for those who wait, so that they do not ask again.
   *
   * @param failure Why there is no key.
   * @param entry The entry that it is about; without one it is about 1Password as a whole.
   */
  share(failure: Failure, entry?: string): void {
    const { kind, message, hints } = failure;
    const record: FailureRecord = {
      at: Date.now(),
      kind,
      message,
      hints,
      ...(entry !== undefined && { entry }),
    };
    try {
      this.#file.truncateSync();
      this.#file.seekSync(0, Deno.SeekMode.Start);
      this.#file.writeSync(new TextEncoder().encode(JSON.stringify(record)));
    } catch {
      // Those who wait ask themselves.
    }
  }

  /** Ends the turn. */
  [Symbol.dispose](): void {
    this.#file.close();
  }

  #read(): string {
    try {
      const buffer = new Uint8Array(LARGEST_RECORD);
      this.#file.seekSync(0, Deno.SeekMode.Start);
      return new TextDecoder().decode(buffer.subarray(0, this.#file.readSync(buffer) ?? 0));
    } catch {
      return "";
    }
  }
}

function openLockFile(folder: ResolvedFolder, name: string): Deno.FsFile | undefined {
  try {
    makeFolder(folder);
    const path = below(folder, name);
    // Whatever else lies there is neither opened nor written through.
    if (!isAbsentOrRegular(path)) return undefined;
    return Deno.openSync(path, { read: true, write: true, create: true, mode: PRIVATE_FILE });
  } catch {
    return undefined;
  }
}

function isAbsentOrRegular(path: string): boolean {
  try {
    return Deno.lstatSync(path).isFile;
  } catch (error) {
    return error instanceof Deno.errors.NotFound;
  }
}

async function locked(file: Deno.FsFile, { patience, signal }: WaitOptions): Promise<boolean> {
  signal.throwIfAborted();
  const { promise: over, resolve, reject } = Promise.withResolvers<false>();
  const timer = setTimeout(() => resolve(false), patience);
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener("abort", onAbort);
  try {
    return await Promise.race([file.lock(true).then(() => true), over]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}

/** The file may hold anything. */
function parseRecord(text: string): FailureRecord | undefined {
  try {
    const record = JSON.parse(text);
    const { at, kind, message, hints, entry } = record;
    const valid = typeof at === "number" && Object.hasOwn(EXIT_STATUS, kind) &&
      typeof message === "string" && Array.isArray(hints) &&
      hints.every((hint: unknown) => typeof hint === "string") &&
      (entry === undefined || typeof entry === "string");
    return valid ? record : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Single flight: of many processes that miss the cache at once, one asks 1Password and the others
 * wait for what it gets. The lock saves prompts and nothing else; without it all still works.
 *
 * @module
 */

import type { ResolvedFolder } from "../files/resolve_folder.ts";
import type { FailureKind } from "../failure/failure.ts";
import { below } from "../files/paths.ts";
import { ENTRY_FILES } from "./entry_name.ts";
import { beginTurn, takeTurn, type WaitTerms } from "./turn.ts";

const LARGEST_RECORD = 1024;

/** What fails alike for all who ask at the same time. */
const SHARED_KINDS = [
  "other",
  "offline",
  "configuration",
  "locked",
  "app unreachable",
  "not found",
  "no field",
  "timed out",
] as const satisfies readonly FailureKind[];

/** A kind of failure that is left for those who wait. Its words are their own: a file may be forged. */
export type SharedKind = typeof SHARED_KINDS[number];

/** A failure as the process that asked leaves it for those who wait. */
interface FailureRecord {
  readonly at: number;
  readonly kind: SharedKind;
  /** The entry that it is about; without one it is about 1Password as a whole. */
  readonly entry?: string;
}

/** The turn of a process to ask 1Password. Closing it lets the next one in. */
export class Flight {
  readonly #file: Deno.FsFile;
  readonly #since: number;

  private constructor(file: Deno.FsFile, since: number) {
    this.#file = file;
    this.#since = since;
  }

  /**
   * Waits for this process's turn.
   *
   * @param folder The cache folder, which is there.
   * @param entry The entry that is asked for. The kernel releases the lock when the process that has it
   * dies.
   * @param terms How long to wait.
   * @returns The turn; or nothing where there are no locks: then go on without.
   * @throws The reason of `terms.signal`, if that ended the wait.
   */
  static async join(
    folder: ResolvedFolder,
    entry: string,
    terms: WaitTerms,
  ): Promise<Flight | undefined> {
    const since = Date.now();
    const lock = below(folder, entry + ENTRY_FILES.lock);
    const next = below(folder, entry + ENTRY_FILES.nextLock);
    const file = await takeTurn({ lock, next }, terms);
    if (file === undefined) return undefined;
    beginTurn(file);
    return new Flight(file, since);
  }

  /**
   * The failure of a process that asked while this one waited.
   *
   * @param entries The entries that this process wants one of.
   * @returns The kind of the failure; nothing if that process did not fail, or failed before, or with
   * an entry that this one does not want.
   */
  sharedFailure(entries: readonly string[]): SharedKind | undefined {
    const record = parseRecord(this.#read());
    if (record === undefined || record.at < this.#since || record.at > Date.now()) {
      return undefined;
    }
    if (record.entry !== undefined && !entries.includes(record.entry)) return undefined;
    return record.kind;
  }

  /**
   * Leaves a failure for those who wait, so that they do not ask again.
   *
   * @param kind Why there is no key.
   * @param entry The entry that it is about; without one it is about 1Password as a whole.
   */
  share(kind: FailureKind, entry?: string): void {
    if (!isShared(kind)) return;
    const record: FailureRecord = {
      at: Date.now(),
      kind,
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
      return new TextDecoder().decode(buffer.subarray(0, this.#file.readSync(buffer) ?? 0));
    } catch {
      return "";
    }
  }
}

/** The file may hold anything. */
function parseRecord(text: string): FailureRecord | undefined {
  try {
    const record = JSON.parse(text);
    const { at, kind, entry } = record;
    const valid = typeof at === "number" && isShared(kind) &&
      (entry === undefined || typeof entry === "string");
    return valid ? record : undefined;
  } catch {
    return undefined;
  }
}

function isShared(kind: unknown): kind is SharedKind {
  return (SHARED_KINDS as readonly unknown[]).includes(kind);
}

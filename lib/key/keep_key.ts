/**
 * Caches what 1Password has said. A key that is known to be replaced must serve nobody any more,
 * whether the new one can be cached or not.
 *
 * @module
 */

import { discardEntry } from "../cache/discard_entry.ts";
import { ENTRY_FILES } from "../cache/entry_name.ts";
import { FOLDER_WORDS } from "../cache/folder_words.ts";
import type { FolderProblem, MissReason } from "../cache/guard.ts";
import { type CacheAnswer, readKey } from "../cache/read_entry.ts";
import { type EntryContent, writeEntry } from "../cache/write_entry.ts";
import type { KeyTerms } from "../configuration/configuration.ts";
import { refusalWords } from "../failure/refusal_words.ts";
import type { ResolvedFolder } from "../files/resolve_folder.ts";
import { warn } from "../terminal/report.ts";
import type { WaitingNotice } from "../terminal/waiting_notice.ts";
import { quoted } from "../text/quoted.ts";
import { AskedTime } from "./asked_time.ts";
import { type Entry, fileOf } from "./entries.ts";

const ELSEWHERE = "set CLAUDE_KEY_CACHE_DIR to a folder of your own, on a local disk";
const WITHOUT = "or, to cache nothing, set CLAUDE_KEY_TTL to 0";

/** Keeps what this run gets, and warns once if it cannot. */
export class Keeping {
  readonly #terms: KeyTerms;
  readonly #folder: ResolvedFolder | undefined;
  readonly #uid: number | null;
  readonly #notice: WaitingNotice;
  #warned = false;

  /**
   * Begins.
   *
   * @param terms How a key is kept.
   * @param folder The cache folder, fit to be used; without one nothing is kept.
   * @param uid The user that runs this, or `null` where the system has no such numbers.
   * @param notice Makes room for a warning.
   */
  constructor(
    terms: KeyTerms,
    folder: ResolvedFolder | undefined,
    uid: number | null,
    notice: WaitingNotice,
  ) {
    this.#terms = terms;
    this.#folder = folder;
    this.#uid = uid;
    this.#notice = notice;
  }

  /**
   * Takes the time, just before 1Password is asked.
   *
   * @param entry What it is asked for.
   * @returns Now.
   */
  now(entry: Entry): AskedTime {
    if (this.#folder === undefined) return new AskedTime();
    const cached = this.#cached(fileOf(this.#folder, entry, "key"));
    return new AskedTime("key" in cached ? cached.asked : undefined);
  }

  /**
   * Caches a key.
   *
   * @param entry The entry.
   * @param key The key.
   * @param asked When 1Password was asked for it.
   * @returns The key; or the one that another process, which asked later, has cached meanwhile.
   */
  async keep(entry: Entry, key: string, asked: AskedTime): Promise<string> {
    if (this.#folder === undefined) return key;
    const path = fileOf(this.#folder, entry, "key");
    const cached = this.#cached(path);
    if ("key" in cached && asked.isBefore(cached.asked)) return cached.key;
    const content = { text: `${key}\n`, asked: asked.date };
    const isKept = await this.#write(this.#folder, entry.name + ENTRY_FILES.key, content);
    // What is cached to the contrary counts only where there is no key.
    discardEntry(fileOf(this.#folder, entry, "absent"));
    const isReplaced = !("key" in cached) || cached.key !== key;
    if (!isKept && isReplaced) this.#discardKey(path);
    return key;
  }

  /**
   * Caches that 1Password has no such field.
   *
   * @param entry The entry.
   * @param asked When 1Password was asked for it.
   */
  async keepAbsence(entry: Entry, asked: AskedTime): Promise<void> {
    if (this.#folder === undefined) return;
    const path = fileOf(this.#folder, entry, "key");
    const cached = this.#cached(path);
    if ("key" in cached && asked.isBefore(cached.asked)) return;
    this.#discardKey(path);
    const content = { text: "", asked: asked.date };
    await this.#write(this.#folder, entry.name + ENTRY_FILES.absent, content);
  }

  /**
   * Removes a key that is one no more.
   *
   * @param entry The entry.
   */
  forget(entry: Entry): void {
    if (this.#folder !== undefined) this.#discardKey(fileOf(this.#folder, entry, "key"));
  }

  /**
   * Warns that nothing is cached in the folder.
   *
   * @param problem Why.
   */
  warnOfFolder(problem: FolderProblem): void {
    this.#warn(`${this.#shown} ${FOLDER_WORDS[problem]}, so that no key is cached`, true);
  }

  get #shown(): string {
    return `the cache folder ${quoted(this.#terms.cacheFolder ?? "")}`;
  }

  #cached(path: string): CacheAnswer {
    return readKey(path, { ttl: Infinity, now: Date.now(), uid: this.#uid });
  }

  async #write(folder: ResolvedFolder, name: string, content: EntryContent): Promise<boolean> {
    const terms = { lifetime: this.#terms.lifetime, uid: this.#uid };
    try {
      const reason = await writeEntry(folder, name, content, terms);
      if (reason !== undefined) this.#warnOfFile(reason);
      return reason === undefined;
    } catch (error) {
      const place = quoted(this.#terms.cacheFolder ?? "");
      this.#warn(`the key could not be cached in ${place}: ${refusalWords(error)}`);
      return false;
    }
  }

  #discardKey(path: string): void {
    if (discardEntry(path)) return;
    this.#warned = false;
    this.#warn(`the old key stays in ${quoted(path)} and is used until it expires`);
  }

  #warnOfFile(reason: MissReason): void {
    this.#warn(`a file in ${this.#shown} does not serve: ${reason}; so no key is cached`, true);
  }

  #warn(text: string, curable: boolean = false): void {
    if (this.#warned) return;
    this.#warned = true;
    this.#notice[Symbol.dispose]();
    warn(text, ...(curable ? [ELSEWHERE, WITHOUT] : []));
  }
}

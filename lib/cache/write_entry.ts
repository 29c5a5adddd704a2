/**
 * Writes cache files.
 *
 * @module
 */

import { writeAtomically } from "../files/atomic_write.ts";
import { below } from "../files/paths.ts";
import type { ResolvedFolder } from "../files/resolve_folder.ts";
import { discardEntry } from "./discard_entry.ts";
import { type GuardRules, judgeFile, type MissReason, modificationTime } from "./guard.ts";
import { sweep } from "./sweep.ts";

/** How much later than it was set the time of a file may be, in milliseconds: that of FAT is even. */
const TIME_GRAIN = 2_000;

/** What is written. */
export interface EntryContent {
  /** The content of the file. */
  readonly text: string;
  /** When 1Password was asked for it. This is the time of the file: from then on it grows old. */
  readonly asked: Date;
}

/** Whose cache it is. */
interface EntryTerms {
  /** How old a key may become, in seconds; older ones are swept. */
  readonly lifetime: number;
  /** The user that runs this, or `null` where the system has no such numbers. */
  readonly uid: number | null;
}

/**
 * Writes a file of the cache by atomic rename. One that would not serve is removed again.
 *
 * @param folder The cache folder.
 * @param name The file's name.
 * @param content What goes into it.
 * @param terms Whose cache it is.
 * @returns Why the file would not serve, as on file systems that know no owners, modes or times.
 * @throws What the system says, if it cannot be written; the old file is then still there, whole.
 */
export async function writeEntry(
  folder: ResolvedFolder,
  name: string,
  { text, asked }: EntryContent,
  { lifetime, uid }: EntryTerms,
): Promise<MissReason | undefined> {
  await sweep(folder, lifetime);
  await writeAtomically(folder, name, text, { modified: asked });
  const path = below(folder, name);
  const info = Deno.lstatSync(path);
  const rules: GuardRules = { ttl: Infinity, now: Date.now(), uid };
  const late = (modificationTime(info) ?? 0) > asked.getTime() + TIME_GRAIN;
  const reason = judgeFile(info, rules) ?? (late ? "no modification time" : undefined);
  if (reason !== undefined) discardEntry(path);
  return reason;
}

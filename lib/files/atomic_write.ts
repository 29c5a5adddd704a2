/**
 * Writes a file so that a reader sees the old one or the new one, never anything else.
 *
 * @module
 */

import { below, WINDOWS } from "./paths.ts";

/** The mode of a folder that nobody else looks into. */
const PRIVATE_FOLDER = 0o700;

/** The mode of a file that nobody else reads. */
const PRIVATE_FILE = 0o600;

/** How long a rename that somebody's open file refuses is tried again, in milliseconds. */
const RENAME_PATIENCE = 1_000;
const RENAME_PAUSE = 20;

/**
 * Makes a folder, closed to others, where it is missing.
 *
 * @param folder Its path.
 * @throws What the system says, if it cannot be made.
 */
export function makeFolder(folder: string): void {
  Deno.mkdirSync(folder, { recursive: true, mode: PRIVATE_FOLDER });
}

/** How a file is written. */
interface WriteTerms {
  /** Who may read it afterwards; nobody else, unless something is said. */
  readonly mode?: number | undefined;
  /** When it counts as modified; now, unless something is said. */
  readonly modified?: Date;
}

/**
 * Writes a file by atomic rename: a temporary file `<name>.tmp.<pid>.<random>` in the same folder,
 * which is made where it is missing, flushed to disk, then renamed.
 *
 * @param folder The folder, without symbolic links.
 * @param name The file's name.
 * @param content What goes into it.
 * @param terms How.
 * @throws What the system says, if it cannot be written; the old file is then still there, whole.
 */
export async function writeAtomically(
  folder: string,
  name: string,
  content: string,
  { mode = PRIVATE_FILE, modified }: WriteTerms = {},
): Promise<void> {
  makeFolder(folder);
  const path = below(folder, name);
  const temporary = below(folder, temporaryName(name));
  try {
    writeFlushed(temporary, new TextEncoder().encode(content), modified);
    // Only now, so that a file never stands open before its content is there to be judged.
    if (mode !== PRIVATE_FILE) Deno.chmodSync(temporary, mode);
    await renameOver(temporary, path);
  } catch (error) {
    removeIfPresent(temporary);
    throw error;
  }
}

/**
 * Removes a file, if it is there. That it cannot be removed is no failure either: whoever reads it
 * judges it anew.
 *
 * @param path The file.
 */
export function removeIfPresent(path: string): void {
  try {
    Deno.removeSync(path);
  } catch {
    // See above.
  }
}

/**
 * Names the temporary file that a file is written to before it gets its own name.
 *
 * @param name The file's name.
 * @returns A name that no other writer has.
 */
export function temporaryName(name: string): string {
  const random = crypto.getRandomValues(new Uint32Array(2)).reduce(
    (text, part) => text + part.toString(16),
    "",
  );
  return `${name}.tmp.${Deno.pid}.${random}`;
}

/**
 * Writes a new file, for nobody else to read, and flushes it to disk.
 *
 * @param path The file, which must not exist.
 * @param bytes What goes into it.
 * @param modified When it counts as modified; now, unless something is said.
 * @throws What the system says, if it cannot be written whole.
 */
export function writeFlushed(path: string, bytes: Uint8Array, modified?: Date): void {
  using file = Deno.openSync(path, { write: true, createNew: true, mode: PRIVATE_FILE });
  let written = 0;
  while (written < bytes.length) written += file.writeSync(bytes.subarray(written));
  if (modified !== undefined) file.utimeSync(modified, modified);
  file.syncSync();
}

/** Windows refuses to rename onto a file that somebody has open, which readers have for a moment. */
async function renameOver(from: string, to: string): Promise<void> {
  const deadline = Date.now() + RENAME_PATIENCE;
  while (true) {
    try {
      return Deno.renameSync(from, to);
    } catch (error) {
      if (!WINDOWS || Date.now() >= deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, RENAME_PAUSE));
    }
  }
}

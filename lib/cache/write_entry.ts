/**
 * Writes cache files so that a reader sees the old one or the new one, never anything else.
 *
 * @module
 */

import { join } from "../native_path.ts";

const PRIVATE_FOLDER = 0o700;
const PRIVATE_FILE = 0o600;

/** How long a rename that somebody's open file refuses is tried again, in milliseconds. */
const RENAME_PATIENCE = 1_000;
const RENAME_PAUSE = 20;

/** The age, in milliseconds, at which nobody can still be writing a temporary file. */
const LEFTOVER_AGE = 60 * 60 * 1000;

const TEMPORARY_NAME = /\.(?:key|absent)\.tmp\.\d+\.[0-9a-f]+$/;

/**
 * Makes the cache folder, closed to others, where it is missing.
 *
 * @param folder Its path.
 * @throws What the system says, if it cannot be made.
 */
export function makeFolder(folder: string): void {
  Deno.mkdirSync(folder, { recursive: true, mode: PRIVATE_FOLDER });
}

/**
 * Writes a file by atomic rename: a temporary file in the same folder, flushed to disk, then
 * renamed. Sweeps what killed writers have left behind.
 *
 * @param folder The cache folder.
 * @param name The file's name.
 * @param content What goes into it.
 * @throws What the system says, if it cannot be written; the old file is then still there, whole.
 */
export async function writeEntry(folder: string, name: string, content: string): Promise<void> {
  makeFolder(folder);
  sweepLeftovers(folder);
  const path = join(folder, name);
  const temporary = `${path}.tmp.${Deno.pid}.${randomName()}`;
  try {
    writeFlushed(temporary, new TextEncoder().encode(content));
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
 * Whether a name in the cache folder is that of a temporary file.
 *
 * @param name The file's name.
 * @returns Whether a writer of claude-key made it.
 */
export function isTemporary(name: string): boolean {
  return TEMPORARY_NAME.test(name);
}

function writeFlushed(path: string, bytes: Uint8Array): void {
  using file = Deno.openSync(path, { write: true, createNew: true, mode: PRIVATE_FILE });
  let written = 0;
  while (written < bytes.length) written += file.writeSync(bytes.subarray(written));
  file.syncSync();
}

/** Windows refuses to rename onto a file that somebody has open, which readers have for a moment. */
async function renameOver(from: string, to: string): Promise<void> {
  const deadline = Date.now() + RENAME_PATIENCE;
  while (true) {
    try {
      return Deno.renameSync(from, to);
    } catch (error) {
      if (Deno.build.os !== "windows" || Date.now() >= deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, RENAME_PAUSE));
    }
  }
}

function sweepLeftovers(folder: string): void {
  try {
    for (const { name } of Deno.readDirSync(folder)) {
      if (!isTemporary(name)) continue;
      const path = join(folder, name);
      const modified = Deno.lstatSync(path).mtime?.getTime() ?? Infinity;
      if (Date.now() - modified > LEFTOVER_AGE) Deno.removeSync(path);
    }
  } catch {
    // Another writer swept at the same time, or the folder cannot be listed: the next write sweeps.
  }
}

function randomName(): string {
  return crypto.getRandomValues(new Uint32Array(2)).reduce(
    (text, part) => text + part.toString(16),
    "",
  );
}

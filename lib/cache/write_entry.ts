/**
 * Writes cache files, and sweeps what killed writers have left behind.
 *
 * @module
 */

import { writeAtomically } from "../atomic_write.ts";
import { join } from "../native_path.ts";

/** The age, in milliseconds, at which nobody can still be writing a temporary file. */
const LEFTOVER_AGE = 60 * 60 * 1000;

const TEMPORARY_NAME = /\.(?:key|absent)\.tmp\.\d+\.[0-9a-f]+$/;

/**
 * Writes a file of the cache by atomic rename.
 *
 * @param folder The cache folder.
 * @param name The file's name.
 * @param content What goes into it.
 * @throws What the system says, if it cannot be written; the old file is then still there, whole.
 */
export async function writeEntry(folder: string, name: string, content: string): Promise<void> {
  sweepLeftovers(folder);
  await writeAtomically(folder, name, content);
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

/**
 * Writes cache files, and sweeps what killed writers have left behind.
 *
 * @module
 */

import type { ResolvedFolder } from "../files/resolve_folder.ts";
import { writeAtomically } from "../files/atomic_write.ts";
import { below } from "../files/paths.ts";
import { parseFileName } from "./entry_name.ts";

/** The age, in milliseconds, at which nobody can still be writing a temporary file. */
const LEFTOVER_AGE = 60 * 60 * 1000;

/**
 * Writes a file of the cache by atomic rename.
 *
 * @param folder The cache folder.
 * @param name The file's name.
 * @param content What goes into it.
 * @throws What the system says, if it cannot be written; the old file is then still there, whole.
 */
export async function writeEntry(
  folder: ResolvedFolder,
  name: string,
  content: string,
): Promise<void> {
  sweepLeftovers(folder);
  await writeAtomically(folder, name, content);
}

function sweepLeftovers(folder: ResolvedFolder): void {
  try {
    for (const { name } of Deno.readDirSync(folder)) {
      if (parseFileName(name)?.kind === "temporary") sweep(below(folder, name));
    }
  } catch {
    // The folder cannot be listed: the next write sweeps.
  }
}

function sweep(path: string): void {
  try {
    const modified = Deno.lstatSync(path).mtime?.getTime() ?? Infinity;
    if (Date.now() - modified > LEFTOVER_AGE) Deno.removeSync(path);
  } catch {
    // Another writer was faster, or it cannot be removed. Others can.
  }
}

/**
 * Lists what claude-key has in the cache folder.
 *
 * @module
 */

import type { ResolvedFolder } from "../files/resolve_folder.ts";
import { Failure } from "../failure/failure.ts";
import { quoted } from "../text/quoted.ts";
import { type EntryFile, parseFileName } from "./entry_name.ts";
import { refusalWords } from "../failure/refusal_words.ts";

/** A file of the cache that is there. */
export interface ListedFile extends EntryFile {
  /** Its name, without the folder. */
  readonly name: string;
}

/**
 * Lists the files of the cache. What other programs keep in the folder is left out.
 *
 * @param folder The cache folder.
 * @returns The files, sorted by name; none if there is no such folder.
 * @throws {Failure} Of kind `other` if the folder cannot be listed.
 */
export function listFolder(folder: ResolvedFolder): ListedFile[] {
  try {
    return Array.from(Deno.readDirSync(folder), ({ name }) => name).sort().flatMap((name) => {
      const file = parseFileName(name);
      return file === undefined ? [] : [{ name, ...file }];
    });
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw new Failure(
      "other",
      `the cache folder ${quoted(folder)} cannot be listed: ${refusalWords(error)}`,
      ["see what is wrong with it: claude-key doctor"],
    );
  }
}

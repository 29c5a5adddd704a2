/**
 * Keys that the scripts before claude-key left in the cache folder: `<project>.key`, in plain text.
 *
 * @module
 */

import { readJudged } from "../files/judged_file.ts";
import { below } from "../files/paths.ts";
import type { ResolvedFolder } from "../files/resolve_folder.ts";
import { readKeyLine } from "../text/key_line.ts";
import { parseFileName } from "./entry_name.ts";
import { judgeSize } from "./guard.ts";

/**
 * Finds them. Another program's `.key` in the same folder has more than one line, as certificates
 * have.
 *
 * @param folder The cache folder.
 * @returns The names of the files, sorted; none where the folder cannot be listed.
 */
export function oldKeys(folder: ResolvedFolder): string[] {
  try {
    return Array.from(Deno.readDirSync(folder), ({ name }) => name)
      .filter((name) => /^[A-Za-z0-9_-][A-Za-z0-9_.-]*\.key$/.test(name))
      .filter((name) => parseFileName(name) === undefined && isOneWord(below(folder, name)))
      .sort();
  } catch {
    return [];
  }
}

function isOneWord(path: string): boolean {
  try {
    const isUnfit = ({ isFile, size }: Deno.FileInfo): boolean | undefined =>
      isFile && judgeSize(size) === undefined ? undefined : true;
    const file = readJudged(path, isUnfit, Deno.lstatSync);
    if ("problem" in file) return false;
    return "key" in readKeyLine(file.bytes);
  } catch {
    return false;
  }
}

/**
 * What stands where the cache folder is, or is to be made.
 *
 * @module
 */

import { isWithin, parentOf } from "../files/paths.ts";
import type { ResolvedFolder } from "../files/resolve_folder.ts";

/** The cache folder, or what is nearest above it. */
export interface Standing {
  /** Its path for people. */
  readonly shown: string;
  /** Whether it is the cache folder itself. */
  readonly isCache: boolean;
  /** Whether it lies below the home folder, so that it is the user's to change. */
  readonly isBelowHome: boolean;
  /** Whether it is the home folder, or one above it. */
  readonly hasHome: boolean;
  /** Whether it is a folder. */
  readonly isDirectory: boolean;
  /** Its permission bits, where the system has such. */
  readonly mode: number | null;
  /** Its owner, where the system has such numbers. */
  readonly uid: number | null;
  /** A name for it, beside it, that nothing has yet. */
  readonly aside: string;
}

/**
 * Looks at the folder, or at the nearest thing above it that is there.
 *
 * @param folder The cache folder.
 * @param home The home folder, if it is known.
 * @param show Writes a path for people.
 * @returns What is there.
 */
export function standingAt(
  folder: ResolvedFolder,
  home: string | undefined,
  show: (path: string) => string,
): Standing | undefined {
  let path: string = folder;
  let info = look(path);
  while (info === undefined) {
    const parent = parentOf(path);
    if (parent === path) return undefined;
    path = parent;
    info = look(path);
  }
  const { isDirectory, mode, uid } = info;
  return {
    shown: show(path),
    isCache: path === folder,
    isBelowHome: home !== undefined && path !== home && isWithin(path, home),
    hasHome: home !== undefined && isWithin(home, path),
    isDirectory,
    mode,
    uid,
    aside: show(freeName(path)),
  };
}

function freeName(path: string): string {
  for (let count = 1;; count++) {
    const name = `${path}.old${count === 1 ? "" : count}`;
    if (look(name) === undefined) return name;
  }
}

function look(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.lstatSync(path);
  } catch {
    return undefined;
  }
}

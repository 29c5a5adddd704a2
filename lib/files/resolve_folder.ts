/**
 * Folders as they really are.
 *
 * @module
 */

import { below, lastPart, parentOf } from "./paths.ts";

declare const resolved: unique symbol;

/** The path of a folder without symbolic links, so that it cannot be mixed up with a configured one. */
export type ResolvedFolder = string & { readonly [resolved]: true };

/**
 * Resolves the symbolic links on the way to a folder, which need not exist yet. Permissions
 * are for paths as they are written, so that confinement wants the real one.
 *
 * @param path An absolute path.
 * @returns The same place without links, as far as it exists, and without `.` and `..`; where that
 * cannot be told, the path.
 */
export function resolveFolder(path: string): ResolvedFolder {
  return resolve(path) as ResolvedFolder;
}

function resolve(path: string): string {
  try {
    return Deno.realPathSync(path);
  } catch (error) {
    const parent = parentOf(path);
    if (!(error instanceof Deno.errors.NotFound) || parent === path) return path;
    const [folder, part] = [resolve(parent), lastPart(path)];
    if (part === ".") return folder;
    return part === ".." ? parentOf(folder) : below(folder, part);
  }
}

/**
 * Looks for a program as a shell does.
 *
 * @module
 */

import { below, isAbsolute, WINDOWS } from "./paths.ts";

/**
 * Takes `PATH` apart.
 *
 * @param path Its value.
 * @param windows Whether it is one of Windows.
 * @returns The folders that are written as absolute paths, each once: where the others are depends on
 * where one is.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(foldersOf("/usr/bin:.:/bin::/usr/bin", false), ["/usr/bin", "/bin"]);
 * ```
 */
export function foldersOf(path: string, windows: boolean = WINDOWS): string[] {
  const parts = path.split(windows ? ";" : ":").filter((part) => isAbsolute(part, windows));
  return Array.from(new Set(parts));
}

/**
 * Finds the folder that holds a program.
 *
 * @param name The program.
 * @param folders Where to look, in this order.
 * @returns The first folder that has a file of this name which can be run.
 */
export function folderOf(name: string, folders: readonly string[]): string | undefined {
  const names = WINDOWS ? [`${name}.exe`, `${name}.cmd`] : [name];
  return folders.find((folder) => names.some((file) => isProgram(below(folder, file))));
}

/**
 * Whether a file is a program, as far as its mode tells.
 *
 * @param path Its absolute path.
 * @returns Whether it is there and anybody may run it.
 */
export function isProgram(path: string): boolean {
  try {
    const { isFile, mode } = Deno.statSync(path);
    return isFile && (WINDOWS || ((mode ?? 0) & 0o111) !== 0);
  } catch {
    return false;
  }
}

/**
 * Paths, put together and taken apart, and no more than that: on the way of a cached key `@std/path`
 * would cost more than reading the key does. A test holds this against it.
 *
 * @module
 */

/** Whether this runs on Windows, which has drives, no permission bits, and other files in the way. */
export const WINDOWS: boolean = Deno.build.os === "windows";
const SEPARATOR = WINDOWS ? "\\" : "/";

/**
 * Names a file by the folder that it lies in. Nothing is normalised: what the user has written stays
 * as it is, and Deno resolves it when the file is opened.
 *
 * @param folder An absolute path.
 * @param names The folders below it, if any, and the file.
 * @returns The file's absolute path.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * if (!WINDOWS) {
 *   assertEquals(below("/home/alice", ".config", "claude"), "/home/alice/.config/claude");
 *   assertEquals(below("/", "tmp"), "/tmp");
 * }
 * ```
 */
export function below(folder: string, ...names: readonly string[]): string {
  let path = folder;
  for (const name of names) {
    path = endsInSeparator(path) ? path + name : path + SEPARATOR + name;
  }
  return path;
}

/**
 * Whether a path means the same place wherever it is used.
 *
 * @param path Any text.
 * @param windows Whether it is a path of Windows.
 * @returns Whether it begins at a root; on Windows at that of a named drive, as `\x` is another
 * folder on each of them.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(isAbsolute("/c/Users/alice", false), true);
 * assertEquals(isAbsolute("C:/Users/alice", true), true);
 * assertEquals(isAbsolute("/c/Users/alice", true), false);
 * ```
 */
export function isAbsolute(path: string, windows: boolean = WINDOWS): boolean {
  return windows ? /^[A-Za-z]:[\\/]/.test(path) : path.startsWith("/");
}

/**
 * Whether a path of Windows leads to another computer. Deno looks at none such unless it may do
 * everything, and that cannot be narrowed.
 *
 * @param path Any text.
 * @param windows Whether it is a path of Windows.
 * @returns Whether it begins with the name of a server (UNC).
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(isOnServer("\\\\server\\share\\alice", true), true);
 * assertEquals(isOnServer("C:\\Users\\alice", true), false);
 * ```
 */
export function isOnServer(path: string, windows: boolean = WINDOWS): boolean {
  return windows && /^[\\/]{2}(?:[^\\/?.]|\?[\\/]UNC[\\/])/i.test(path);
}

/**
 * Whether something lies in a folder, or in one below.
 *
 * @param path An absolute path.
 * @param folder Another one.
 * @param windows Whether they are paths of Windows, which takes `A` for `a`.
 * @returns Whether it does; also if it is the folder itself.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(isWithin("C:\\users\\Alice\\cache", "C:\\Users\\alice", true), true);
 * assertEquals(isWithin("/home/alice2", "/home/alice", false), false);
 * assertEquals(isWithin("/home/Alice/cache", "/home/alice", false), false);
 * ```
 */
export function isWithin(path: string, folder: string, windows: boolean = WINDOWS): boolean {
  const [inner = "", outer = ""] = [path, folder].map((one) =>
    (windows ? one.toLowerCase().replaceAll("\\", "/") : one).replace(/\/*$/, "/")
  );
  return inner.startsWith(outer);
}

/**
 * Names the folder that something lies in.
 *
 * @param path An absolute path.
 * @param windows Whether it is a path of Windows.
 * @returns The path without its last part; a root as it is.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parentOf("/home/alice/", false), "/home");
 * assertEquals(parentOf("/home", false), "/");
 * assertEquals(parentOf("/", false), "/");
 * ```
 */
export function parentOf(path: string, windows: boolean = WINDOWS): string {
  const parent = path.replace(windows ? /[\\/]+[^\\/]+[\\/]*$/ : /\/+[^/]+\/*$/, "");
  const isBareRoot = windows ? /^(?:[A-Za-z]:)?$/.test(parent) : parent === "";
  return parent !== path && isBareRoot ? parent + (windows ? "\\" : "/") : parent;
}

/**
 * Names something without the folder that it lies in.
 *
 * @param path An absolute path.
 * @param windows Whether it is a path of Windows.
 * @returns The last part of the path; nothing for `/`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(lastPart("/home/alice/", false), "alice");
 * assertEquals(lastPart("/", false), "");
 * ```
 */
export function lastPart(path: string, windows: boolean = WINDOWS): string {
  return path.split(windows ? /[\\/]/ : "/").findLast((part) => part !== "") ?? "";
}

function endsInSeparator(path: string): boolean {
  return path.endsWith("/") || (WINDOWS && path.endsWith("\\"));
}

/**
 * Names of projects and of their repositories.
 *
 * @module
 */

/** No folder has a longer name, and no header or argument of a program suffers from one like it. */
const LONGEST_NAME = 255;

/**
 * Makes a project name safe for file names, headers and secret references.
 *
 * @param name A folder's name, the last part of a URL, or what the user chose.
 * @returns The name without anything but `A-Za-z0-9_.-` and without leading dots; `unnamed` if
 * nothing is left, or too much.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(projectName("..my app!"), "myapp");
 * assertEquals(projectName("…"), "unnamed");
 * ```
 */
export function projectName(name: string): string {
  const safe = name.replace(/[^A-Za-z0-9_.-]/g, "").replace(/^\.+/, "");
  return safe === "" || safe.length > LONGEST_NAME ? "unnamed" : safe;
}

/**
 * Takes the path out of the URL of a repository.
 *
 * @param url Any form that git knows: `https://host/org/repo.git`, `git@host:org/repo`, a path.
 * @returns The parts of the path, without `.git`, and without host, user or password.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(repositoryPath("git@github.com:acme/shop.git"), ["acme", "shop"]);
 * assertEquals(repositoryPath("https://me:secret@github.com/shop"), ["shop"]);
 * ```
 */
export function repositoryPath(url: string): string[] {
  const path = url
    .replace(/^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/]*/, "")
    .replace(/^[^/\\]*:/, "");
  const parts = path.split(/[/\\]/).filter((part) => part !== "");
  const last = parts.pop()?.replace(/\.git$/, "");
  return last ? [...parts, last] : parts;
}

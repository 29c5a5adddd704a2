/**
 * Names of projects and of their repositories.
 *
 * @module
 */

/**
 * Makes a project name safe for file names, headers and secret references.
 *
 * @param name A folder's name, the last part of a URL, or what the user chose.
 * @returns The name without anything but `A-Za-z0-9_.-` and without leading dots, or `unnamed`.
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
  return name.replace(/[^A-Za-z0-9_.-]/g, "").replace(/^\.+/, "") || "unnamed";
}

/**
 * Finds the URL of the remote `origin` in the text of a git configuration.
 *
 * @param text The file `config` of a repository.
 * @returns The URL, or `undefined` if none is there.
 */
export function originUrl(text: string): string | undefined {
  let inOrigin = false;
  let url: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    // The file may be hostile: no two neighbours of a pattern match the same character.
    const section = /^\s*\[([^\]]*)\]/.exec(line)?.[1]?.trim();
    if (section !== undefined) inOrigin = /^remote\s+"origin"$/i.test(section);
    const value = /^\s*url\s*=(.*)$/i.exec(line)?.[1]?.trim();
    if (inOrigin && value !== undefined) url = value.replace(/^"(.*)"$/, "$1");
  }
  return url || undefined;
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

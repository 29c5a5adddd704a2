/**
 * The installers as they are part of a release: they know which one.
 *
 * @module
 */

/** The address that stands for the repository's where it is not known yet. */
const PLACEHOLDER = "https://github.com/OWNER/claude-key";

/** Where an installer has its repository; the first group stands before the quotes. */
const ASSIGNMENT = /^( *\$?repository ?= ?)''$/gm;

/**
 * Writes the repository into an installer.
 *
 * @param installer The installer of the checkout, for either shell.
 * @param url The address of the repository.
 * @returns The installer that downloads from there.
 * @throws {Error} If it has not one place for it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const text = withRepository("repository=''\n", "https://github.com/acme/claude-key");
 * assertEquals(text, "repository='https://github.com/acme/claude-key'\n");
 * ```
 */
export function withRepository(installer: string, url: string): string {
  if (installer.match(ASSIGNMENT)?.length !== 1) {
    throw new Error("the installer has not one place for the repository");
  }
  return installer.replaceAll(PLACEHOLDER, url).replace(ASSIGNMENT, `$1'${url}'`);
}

/**
 * Understands what `op --version` prints.
 *
 * @module
 */

/** The first version with the commands that claude-key uses. */
const OLDEST_MAJOR = 2;

/** What to do about a version that is too old, or about something else in its place. */
export const INSTALL_VERSION_2 =
  "install version 2: https://developer.1password.com/docs/cli/upgrade";

/** A version of `op`. */
interface OpVersion {
  /** As `op` writes it. */
  readonly version: string;
  /** Whether it takes other commands than those that claude-key uses. */
  readonly tooOld: boolean;
}

/**
 * Understands a version.
 *
 * @param printed What `op --version` printed, which may be anything, a secret even.
 * @returns The version, or `undefined` if it is none.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseVersion("2.31.0\n"), { version: "2.31.0", tooOld: false });
 * assertEquals(parseVersion("op v2"), undefined);
 * ```
 */
export function parseVersion(printed: string): OpVersion | undefined {
  const version = printed.trim();
  const major = /^(\d+)\.\d[\w.+-]*$/.exec(version)?.[1];
  return major === undefined ? undefined : { version, tooOld: Number(major) < OLDEST_MAJOR };
}

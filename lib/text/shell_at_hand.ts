/**
 * The kind of shell that hints are written for: the one in which the user has just typed a command.
 *
 * @module
 */

/** A kind of shell that hints can be written for; `posix` is every shell of the Bourne family. */
export type ShellAtHand = "posix" | "pwsh";

let shell: ShellAtHand = "posix";

/**
 * Says which kind it is. Known once for the whole run, as hints are also made after the environment
 * that tells has been given up.
 *
 * @param kind The kind.
 */
export function setShellAtHand(kind: ShellAtHand): void {
  shell = kind;
}

/**
 * Which kind it is.
 *
 * @returns The kind; `posix` until something else has been said.
 */
export function shellAtHand(): ShellAtHand {
  return shell;
}

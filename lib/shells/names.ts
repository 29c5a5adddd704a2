/**
 * The names of all shells and formats, which nothing else about them needs to be known for.
 *
 * @module
 */

/** The values of `--shell` that stand for the Bourne family. */
const POSIX_SHELLS = ["posix", "bash", "zsh"] as const;

/** One of {@linkcode POSIX_SHELLS}. */
type PosixShell = typeof POSIX_SHELLS[number];

/** The values of `--shell`. */
export const SHELLS = [
  ...POSIX_SHELLS,
  "fish",
  "pwsh",
  "cmd",
  "csh",
  "elvish",
  "nu",
  "xonsh",
] as const;

/** One value of `--shell`. */
export type Shell = typeof SHELLS[number];

/** The values of `--format`. */
export const FORMATS = ["json", "dotenv"] as const;

/** One value of `--format`. */
export type Format = typeof FORMATS[number];

/** The shells that can be given a function around a program. */
export const INTEGRATED_SHELLS = ["bash", "zsh", "fish", "pwsh", "posix"] as const;

/** One of {@linkcode INTEGRATED_SHELLS}. */
export type IntegratedShell = typeof INTEGRATED_SHELLS[number];

/** The shells that can complete what is typed. */
export const COMPLETING_SHELLS = ["bash", "zsh", "fish", "pwsh"] as const;

/** One of {@linkcode COMPLETING_SHELLS}. */
export type CompletingShell = typeof COMPLETING_SHELLS[number];

/**
 * Whether a shell of the Bourne family is named.
 *
 * @param name A value of `--shell`, or any text.
 * @returns Whether it is one of {@linkcode POSIX_SHELLS}.
 */
export function isPosixShell(name: string): name is PosixShell {
  return POSIX_SHELLS.some((shell) => shell === name);
}

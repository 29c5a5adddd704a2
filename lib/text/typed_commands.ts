/**
 * The commands that hints tell people to type, each in the language of the shell at hand.
 *
 * @module
 */

import { type ShellAtHand, shellAtHand } from "./shell_at_hand.ts";
import { pathWord, quotedWord, shellWord } from "./shell_word.ts";

/**
 * Writes the command that makes a folder, and those above it.
 *
 * @param shown The folder for people.
 * @param shell The kind of shell.
 * @returns What to type.
 */
export function makeFolderCommand(shown: string, shell: ShellAtHand = shellAtHand()): string {
  return shell === "posix"
    ? `mkdir -p ${pathWord(shown, shell)}`
    : `mkdir -Force ${pathWord(shown, shell)}`;
}

/**
 * Writes the command that removes a file.
 *
 * @param shown The file for people, an absolute path.
 * @param shell The kind of shell.
 * @returns What to type.
 */
export function removeCommand(shown: string, shell: ShellAtHand = shellAtHand()): string {
  return shell === "posix"
    ? `rm ${pathWord(shown, shell)}`
    : `Remove-Item -LiteralPath ${pathWord(shown, shell)}`;
}

/**
 * Writes the command that adds a line to a text file.
 *
 * @param shown The file for people.
 * @param line The line.
 * @param shell The kind of shell.
 * @returns What to type.
 */
export function appendCommand(
  shown: string,
  line: string,
  shell: ShellAtHand = shellAtHand(),
): string {
  // What Windows PowerShell writes with >> is UTF-16 [about_Redirection].
  return shell === "posix"
    ? `echo ${shellWord(line, shell)} >> ${pathWord(shown, shell)}`
    : `Add-Content ${pathWord(shown, shell)} ${shellWord(line, shell)}`;
}

/**
 * Writes the command that sets a variable of the shell for the programs that it starts.
 *
 * @param name The variable.
 * @param value Its value.
 * @param shell The kind of shell.
 * @returns What to type.
 */
export function exportCommand(
  name: string,
  value: string,
  shell: ShellAtHand = shellAtHand(),
): string {
  return shell === "posix"
    ? `export ${name}=${shellWord(value, shell)}`
    : `$env:${name} = ${quotedWord(value, shell)}`;
}

/**
 * Writes the command that signs in to 1Password without the app [1Password CLI: sign in manually].
 *
 * @param shell The kind of shell.
 * @returns What to type.
 */
export function signInCommand(shell: ShellAtHand = shellAtHand()): string {
  return shell === "posix" ? 'eval "$(op signin)"' : "Invoke-Expression $(op signin)";
}

/**
 * Writes the command that removes variables from the shell.
 *
 * @param names The variables.
 * @param shell The kind of shell.
 * @returns What to type.
 */
export function unsetCommand(
  names: readonly string[],
  shell: ShellAtHand = shellAtHand(),
): string {
  return shell === "posix"
    ? `unset ${names.join(" ")}`
    : `Remove-Item ${names.map((name) => `Env:${name}`).join(", ")}`;
}

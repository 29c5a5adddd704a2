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
    : `Add-Content ${pathArgument(shown)} ${shellWord(line, shell)}`;
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

/**
 * Writes the command that shows a text file.
 *
 * @param shown The file for people.
 * @param shell The kind of shell.
 * @returns What to type.
 */
export function showFileCommand(shown: string, shell: ShellAtHand = shellAtHand()): string {
  return shell === "posix"
    ? `less ${pathWord(shown, shell)}`
    : `Get-Content ${pathArgument(shown)}`;
}

/**
 * Writes the command that lists all that is in a folder.
 *
 * @param shown The folder for people.
 * @param shell The kind of shell.
 * @returns What to type.
 */
export function listFolderCommand(shown: string, shell: ShellAtHand = shellAtHand()): string {
  return shell === "posix"
    ? `ls -la ${pathWord(shown, shell)}`
    : `Get-ChildItem -Force ${pathArgument(shown)}`;
}

/**
 * Writes the command that shows who may do what with a folder.
 *
 * @param shown The folder for people.
 * @param shell The kind of shell.
 * @returns What to type.
 */
export function showRightsCommand(shown: string, shell: ShellAtHand = shellAtHand()): string {
  return shell === "posix"
    ? `ls -ld ${pathWord(shown, shell)}`
    : `icacls ${shellWord(shown, shell)}`;
}

/** What somebody gives themselves: of a file to read it, of a folder everything in it. */
const OWN_RIGHTS = {
  file: { posix: "u+r", pwsh: "R" },
  folder: { posix: "u+rwx", pwsh: "(OI)(CI)F" },
} as const;

/**
 * Writes the command with which people let themselves at a file or folder of their own.
 *
 * @param shown It, for people.
 * @param kind Which it is.
 * @param shell The kind of shell.
 * @returns What to type.
 */
export function letMeCommand(
  shown: string,
  kind: keyof typeof OWN_RIGHTS,
  shell: ShellAtHand = shellAtHand(),
): string {
  const rights = OWN_RIGHTS[kind][shell];
  return shell === "posix"
    ? `chmod ${rights} ${pathWord(shown, shell)}`
    : `icacls ${shellWord(shown, shell)} /grant "\${env:USERNAME}:${rights}"`;
}

/**
 * Writes the command with which an administrator lets everybody read a file.
 *
 * @param shown The file for people.
 * @param shell The kind of shell.
 * @returns What to type.
 */
export function letAllReadCommand(shown: string, shell: ShellAtHand = shellAtHand()): string {
  // The group of all users has another name in each language [Microsoft: well-known SIDs].
  return shell === "posix"
    ? `sudo chmod a+r ${pathWord(shown, shell)}`
    : `icacls ${shellWord(shown, shell)} /grant "*S-1-5-32-545:R"`;
}

/**
 * Writes the command that gives a file or folder another name.
 *
 * @param shown It, for people.
 * @param name Its new path for people.
 * @param shell The kind of shell.
 * @returns What to type.
 */
export function moveCommand(
  shown: string,
  name: string,
  shell: ShellAtHand = shellAtHand(),
): string {
  return shell === "posix"
    ? `mv ${pathWord(shown, shell)} ${pathWord(name, shell)}`
    : `Move-Item ${pathArgument(shown)} ${pathWord(name, shell)}`;
}

/**
 * Writes the command that shows how much room is left.
 *
 * @param shown The folder for people that wants it.
 * @param shell The kind of shell.
 * @returns What to type.
 */
export function showRoomCommand(shown: string, shell: ShellAtHand = shellAtHand()): string {
  return shell === "posix"
    ? `df -h ${pathWord(shown, shell)}`
    : "Get-PSDrive -PSProvider FileSystem";
}

/**
 * Writes the command that tells where a program is.
 *
 * @param program Its name.
 * @param shell The kind of shell.
 * @returns What to type.
 */
export function findProgramCommand(program: string, shell: ShellAtHand = shellAtHand()): string {
  return shell === "posix" ? `command -v ${program}` : `Get-Command ${program}`;
}

/**
 * Writes the path that a command of PowerShell takes for its files: what stands first is a pattern
 * unless it is said to be none [about_Wildcards].
 */
function pathArgument(shown: string): string {
  const word = pathWord(shown, "pwsh");
  return /[[\]*?`]/.test(shown) ? `-LiteralPath ${word}` : word;
}

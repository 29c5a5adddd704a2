/**
 * Words of the commands that people are told to type. What stands in them may come from a hostile
 * file, so that every value in every hint goes through here.
 *
 * @module
 */

import { quote } from "./posix_quote.ts";
import { type ShellAtHand, shellAtHand } from "./shell_at_hand.ts";

/** What means itself wherever it stands, by kind of shell. zsh expands a leading `=`. */
const PLAIN: Readonly<Record<ShellAtHand, RegExp>> = {
  posix: /^[\w@%+:,./-][\w@%+=:,./-]*$/,
  pwsh: /^(?:[A-Za-z_./\\][\w.:/\\-]*|--[a-z][\w=/-]*)$/,
};

/**
 * Writes a value as one word of a shell.
 *
 * @param value Any text.
 * @param shell The kind of shell; the one at hand unless something else is said.
 * @returns The word.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(shellWord("op://Work/litellm", "posix"), "op://Work/litellm");
 * assertEquals(shellWord("$(touch x)", "posix"), "'$(touch x)'");
 * assertEquals(shellWord("it's", "pwsh"), "'it''s'");
 * ```
 */
export function shellWord(value: string, shell: ShellAtHand = shellAtHand()): string {
  return PLAIN[shell].test(value) ? value : quotedWord(value, shell);
}

/**
 * Writes a value as one word of a shell, in quotes whether it needs them or not: where PowerShell
 * expects an expression, a bare word would be a command.
 *
 * @param value Any text.
 * @param shell The kind of shell.
 * @returns The word.
 */
export function quotedWord(value: string, shell: ShellAtHand): string {
  // PowerShell takes typographic quotes for single quotes [about_Quoting_Rules].
  return shell === "posix" ? quote(value) : `'${value.replace(/['\u2018-\u201b]/g, "$&$&")}'`;
}

/**
 * Writes a path as one word of a shell.
 *
 * @param shown A path for people, perhaps with a leading `~/`.
 * @param shell The kind of shell; the one at hand unless something else is said.
 * @returns The word, in which `~` still means the home folder.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(pathWord("~/.cache/claude", "posix"), "~/.cache/claude");
 * assertEquals(pathWord("~/my cache; rm", "posix"), "~/'my cache; rm'");
 * ```
 */
export function pathWord(shown: string, shell: ShellAtHand = shellAtHand()): string {
  if (!shown.startsWith("~/")) return shellWord(shown, shell);
  const rest = shellWord(shown.slice(2), shell);
  // PowerShell knows ~ as a part of a path that its own commands take, quoted or not.
  return shell === "posix" || !rest.startsWith("'") ? `~/${rest}` : `'~/${rest.slice(1)}`;
}

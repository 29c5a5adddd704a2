/**
 * The commands that `doctor` tells people to type. What they are about may come from a hostile
 * file, so that nothing goes into one without quotes that it needs.
 *
 * @module
 */

import { pathWord } from "../text/shell_word.ts";
import { quote } from "../text/posix_quote.ts";
import { quote as powerShellQuote } from "../shells/pwsh.ts";

/**
 * Writes the command that adds a setting to the configuration file.
 *
 * @param name The setting.
 * @param value Its value.
 * @param shownFile The file for people; nothing where it cannot be told: then the shell gets it.
 * @returns What to type.
 */
export function addSetting(name: string, value: string, shownFile: string | undefined): string {
  const line = `${name}="${value}"`;
  if (shownFile === undefined) return `export ${name}=${quote(value)}`;
  // What Windows PowerShell writes with >> is UTF-16 [about_Redirection].
  return shownFile.includes("\\")
    ? `Add-Content ${powerShellQuote(shownFile)} ${powerShellQuote(line)}`
    : `echo ${quote(line)} >> ${pathWord(shownFile)}`;
}

/**
 * Writes the command that removes variables from the shell.
 *
 * @param names The variables.
 * @param windows Whether the shell is one of Windows.
 * @returns What to type.
 */
export function unset(names: readonly string[], windows: boolean): string {
  return windows
    ? `Remove-Item ${names.map((name) => `Env:${name}`).join(", ")}`
    : `unset ${names.join(" ")}`;
}

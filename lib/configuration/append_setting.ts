/**
 * The hint that adds a setting.
 *
 * @module
 */

import { appendCommand, exportCommand } from "../text/typed_commands.ts";

/**
 * Writes the command that adds a setting to the configuration file.
 *
 * @param name The setting.
 * @param value Its value.
 * @param shownFile The file for people; nothing where it cannot be told: then the shell gets it.
 * @returns What to type.
 */
export function appendSettingCommand(
  name: string,
  value: string,
  shownFile: string | undefined,
): string {
  return shownFile === undefined
    ? exportCommand(name, value)
    : appendCommand(shownFile, `${name}="${value}"`);
}

/**
 * The cure that adds a setting to the configuration.
 *
 * @module
 */

import { appendSettingCommand } from "../configuration/append_setting.ts";
import { makeFolderCommand } from "../text/typed_commands.ts";
import { type Cure, typed } from "./finding.ts";

/** Writes the cure that adds a setting. */
export type AddSetting = (name: string, value: string) => Cure;

/**
 * Finds out how settings are added.
 *
 * @param shownFile The configuration file for people; nothing where it cannot be told: then the
 * shell gets them.
 * @param folderIsThere Whether the folder that it lies in is there.
 * @returns How.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { words } = settingCures("/a/local.env", false)("OP_ACCOUNT", "team");
 * assertEquals(words, `mkdir -p /a; echo 'OP_ACCOUNT="team"' >> /a/local.env`);
 * ```
 */
export function settingCures(shownFile: string | undefined, folderIsThere: boolean): AddSetting {
  const first = shownFile === undefined || folderIsThere
    ? ""
    : `${makeFolderCommand(shownFile.replace(/[/\\][^/\\]*$/, ""))}; `;
  return (name, value) => typed(first + appendSettingCommand(name, value, shownFile));
}

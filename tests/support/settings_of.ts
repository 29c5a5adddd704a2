/**
 * Settings of somebody with an empty `local.env`.
 *
 * @module
 */

import { type SettingName, Settings } from "../../lib/configuration/settings.ts";

/**
 * Makes them.
 *
 * @param values What the environment says of settings; a home folder is there, and nothing else.
 * @returns The settings.
 */
export function settingsOf(values: Partial<Record<SettingName, string>>): Settings {
  const variables = new Map(
    Object.entries({ HOME: "/home/me", LOCALAPPDATA: "C:\\me", ...values }),
  );
  const file = { path: "/x", shownPath: "/x", entries: new Map() };
  return new Settings({}, (name) => variables.get(name), file);
}

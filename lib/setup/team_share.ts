/**
 * What the team's file gives, so that `local.env` need not say it again.
 *
 * @module
 */

import type { LocalEnvEntry } from "../configuration/local_env.ts";
import { type SettingName, Settings, type SettingsFile } from "../configuration/settings.ts";
import { type Answers, currentAnswers } from "./answers.ts";

/** The settings that together name the secret. */
const REFERENCE: readonly SettingName[] = ["OP_ITEM", "OP_FIELD"];

/**
 * Finds the settings that the team's file gives as they are wanted, and that `local.env` does not
 * override: only what differs is to be written.
 *
 * @param answers What is wanted.
 * @param teamFile What the team's file says, if there is one.
 * @param own What `local.env` says.
 * @returns Their names.
 */
export function givenByTeam(
  answers: Answers,
  teamFile: SettingsFile | undefined,
  own: ReadonlyMap<string, LocalEnvEntry>,
): Set<SettingName> {
  if (teamFile === undefined) return new Set();
  const team = currentAnswers(new Settings({}, () => undefined, teamFile));
  const isFree = (...names: readonly SettingName[]): boolean =>
    names.every((name) => !own.get(name)?.value);
  const agrees = (...parts: readonly (keyof Answers)[]): boolean =>
    parts.every((part) => team[part] !== undefined && team[part] === answers[part]);
  return new Set<SettingName>([
    ...(agrees("account") && isFree("OP_ACCOUNT") ? ["OP_ACCOUNT" as const] : []),
    ...(agrees("vault", "item", "field") && isFree(...REFERENCE) ? REFERENCE : []),
    ...(agrees("url") && isFree("LITELLM_BASE_URL") ? ["LITELLM_BASE_URL" as const] : []),
  ]);
}

/**
 * Reads everything that `doctor` needs and that lies outside of the cache folder, before it
 * confines itself. Whatever is wrong becomes part of the situation.
 *
 * @module
 */

import { below } from "../files/paths.ts";
import type { Invocation } from "../command_line/arguments.ts";
import { type ResolvedFolder, resolveFolder } from "../files/resolve_folder.ts";
import {
  type Authentication,
  authenticationOf,
  cacheFolderOf,
  type Configuration,
  type WhereToSet,
  whereToSetSecret,
  withheldVariables,
} from "../configuration/configuration.ts";
import { exportedVariables } from "../configuration/exported_variables.ts";
import { claudeSettingsFile, shownPath } from "../configuration/locations.ts";
import { openSettings, resolveSession } from "../key/session.ts";
import { originRows, settingOrigins } from "../configuration/setting_origins.ts";
import { defaultOf, type SettingName, Settings } from "../configuration/settings.ts";
import { table } from "../text/table.ts";
import { readText, textVariable } from "../configuration/user_settings.ts";
import { type ClaudeSettingsFile, parseClaudeSettings } from "./check_claude_settings.ts";
import type { ConfigurationFacts, GatewayFacts } from "./check_configuration.ts";
import { type EnvironmentFacts, TELLING_VARIABLES } from "./check_environment.ts";
import { type Outcome, outcomeOf, settled } from "./outcome.ts";

/** Settings for the whole machine win over all others [Claude Code docs: settings]. */
const MANAGED_SETTINGS: Partial<Record<typeof Deno.build.os, string>> = {
  darwin: "/Library/Application Support/ClaudeCode/managed-settings.json",
  linux: "/etc/claude-code/managed-settings.json",
  windows: "C:\\Program Files\\ClaudeCode\\managed-settings.json",
};

/** A place to keep keys. */
export interface ExaminedFolder {
  /** Its path, without symbolic links. */
  readonly folder: ResolvedFolder;
  /** Its path as configured, for people. */
  readonly shown: string;
}

/** What `doctor` knows before it looks at the cache folder or runs `op`. */
export interface DoctorSituation {
  /** What the settings mean, or what is wrong with them. */
  readonly configuration: Outcome<Configuration>;
  /** For the check of it. */
  readonly configurationFacts: ConfigurationFacts;
  /** For the check of the gateway. */
  readonly gateway: GatewayFacts;
  /** For the check of the environment. */
  readonly environment: EnvironmentFacts;
  /** Claude Code's settings files. */
  readonly claudeSettings: readonly ClaudeSettingsFile[];
  /** Whether the variable that receives the key is set in the shell. */
  readonly keyIsExported: boolean;
  /** How `op` authenticates. */
  readonly authentication: Authentication;
  /** `OP_ACCOUNT`, if it is set. */
  readonly account: string | undefined;
  /** Variables of the user's environment that `op` is not to see. */
  readonly withheld: readonly string[];
  /** Where to correct what names the secret. */
  readonly whereToSet: WhereToSet;
  /** Where keys are kept, if the configuration tells. */
  readonly cache?: ExaminedFolder;
}

/**
 * Reads the situation.
 *
 * @param invocation The command line.
 * @returns What there is to know.
 */
export async function readSituation(invocation: Invocation): Promise<DoctorSituation> {
  const read = outcomeOf(() => openSettings(invocation));
  // A variable that is no text is reported with the configuration.
  const settings = new Settings({}, textVariable, fileOf(read), teamFileOf(read));
  const session = "failure" in read ? read : outcomeOf(() => resolveSession(read.value));
  const project = "value" in session ? session.value.project : undefined;
  const configuration = "value" in session ? { value: session.value.configuration } : session;
  const keyVariable = "value" in configuration
    ? configuration.value.keyVariable
    : defaultOf("CLAUDE_KEY_VAR") ?? "";
  const cacheFolder = outcomeOf(() => cacheFolderOf(settings));
  const found = {
    ...("value" in cacheFolder && { CLAUDE_KEY_CACHE_DIR: cacheFolder.value }),
    ...(project && { CLAUDE_PROJECT: project.name }),
  };
  const shownFile = settings.file?.shownPath;
  const account = settings.find("OP_ACCOUNT")?.value;
  const authentication = authenticationOf(settings);
  return {
    configuration,
    configurationFacts: {
      configuration,
      itemIsSet: "failure" in read || settings.find("OP_ITEM") !== undefined,
      origins: "failure" in read ? [] : originsOf(settings, found),
    },
    gateway: {
      exported: "failure" in read ? undefined : await settled(exportedVariables(settings, project)),
      inShell: textVariable("ANTHROPIC_BASE_URL"),
      shownFile,
    },
    environment: {
      set: new Set(TELLING_VARIABLES.filter(isSet)),
      lines: linesOf(settings),
      accountIsSet: account !== undefined,
      keyVariable,
    },
    claudeSettings: claudeSettingsFiles(),
    keyIsExported: isSet(keyVariable),
    authentication,
    withheld: withheldVariables(keyVariable, authentication),
    account,
    whereToSet: whereToSetSecret(settings),
    ...("value" in cacheFolder && { cache: examinedFolder(cacheFolder.value) }),
  };
}

/**
 * Whether a variable is set in the shell, to anything but nothing.
 *
 * @param name The variable.
 * @returns Whether it is; `false` for one that the permissions do not cover.
 */
export function isSet(name: string): boolean {
  try {
    return Boolean(Deno.env.get(name));
  } catch (error) {
    return error instanceof Deno.errors.InvalidData;
  }
}

function fileOf(read: Outcome<Settings>): ConstructorParameters<typeof Settings>[2] {
  return "value" in read && read.value.file || { problem: "see the configuration" };
}

function teamFileOf(read: Outcome<Settings>): Settings["teamFile"] {
  return "value" in read ? read.value.teamFile : undefined;
}

function examinedFolder(cacheFolder: string): ExaminedFolder {
  return { folder: resolveFolder(cacheFolder), shown: shownPath(cacheFolder, textVariable) };
}

function originsOf(settings: Settings, found: Partial<Record<SettingName, string>>): string[] {
  const rows = originRows(settingOrigins(settings, found), textVariable);
  return table(rows).trimEnd().split("\n");
}

function linesOf({ files }: Settings): Map<string, string> {
  return new Map(
    files.toReversed().flatMap(({ shownPath, entries }) =>
      Array.from(entries, ([name, { line }]) => [name, `${shownPath}, line ${line}`] as const)
    ),
  );
}

function claudeSettingsFiles(): ClaudeSettingsFile[] {
  const files: ClaudeSettingsFile[] = [];
  for (const path of new Set(claudeSettingsPaths())) {
    const shown = shownPath(path, textVariable);
    const text = outcomeOf(() => readText(path, shown));
    if ("value" in text && text.value === "") continue;
    const settings = "value" in text ? parseClaudeSettings(text.value) : undefined;
    files.push({ shown, settings });
  }
  return files;
}

function claudeSettingsPaths(): string[] {
  const user = claudeSettingsFile(Deno.build.os, textVariable);
  const managed = MANAGED_SETTINGS[Deno.build.os];
  return [
    ...("path" in user ? [user.path] : []),
    ...projectSettingsPaths(),
    ...(managed === undefined ? [] : [managed]),
  ];
}

function projectSettingsPaths(): string[] {
  try {
    const folder = below(Deno.cwd(), ".claude");
    return [below(folder, "settings.json"), below(folder, "settings.local.json")];
  } catch {
    return [];
  }
}

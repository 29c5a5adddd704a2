/**
 * Claude Code's settings files of all levels.
 *
 * @module
 */

import { claudeSettingsFile, shownPath, type VariableLookup } from "../configuration/locations.ts";
import { readText } from "../configuration/user_settings.ts";
import { Failure } from "../failure/failure.ts";
import { below, WINDOWS } from "../files/paths.ts";
import { GATEWAY, type VariablePlace } from "./precedence.ts";
import { type ClaudeSettings, parseClaudeSettings } from "./settings_text.ts";

/** Whose settings they are. */
type SettingsLevel = "managed" | "project" | "user";

/** A settings file that is there. */
export interface ClaudeSettingsFile {
  /** Where, for people. */
  readonly shown: string;
  /** Whose it is. */
  readonly level: SettingsLevel;
  /** What it says, or nothing if it is not a JSON object. */
  readonly settings: ClaudeSettings | undefined;
}

/** Settings for the whole machine lie here, and win over all others [Claude Code docs: settings]. */
const MANAGED_FOLDERS: Partial<Record<typeof Deno.build.os, string>> = {
  darwin: "/Library/Application Support/ClaudeCode",
  linux: "/etc/claude-code",
  windows: "C:\\Program Files\\ClaudeCode",
};

/** What device management writes on macOS; on Windows it is the registry, which is not looked at. */
const MANAGED_PREFERENCES = "/Library/Managed Preferences/com.anthropic.claudecode.plist";

/**
 * Reads the settings files that are there.
 *
 * @param variable Looks up `HOME` and its like.
 * @param own The words that this claude-key is run with as a helper.
 * @returns The files, those that win first: an administrator's, of which parts win over the whole and
 * later parts over earlier ones, then the project's for this user alone, the project's, the user's.
 */
export function readClaudeSettings(
  variable: VariableLookup,
  own: readonly string[],
): ClaudeSettingsFile[] {
  const user = claudeSettingsFile(Deno.build.os, variable);
  const paths = settingsPaths({
    managed: MANAGED_FOLDERS[Deno.build.os],
    project: currentFolder(),
    user: "path" in user ? user.path : undefined,
  });
  return Array.from(paths).flatMap(([path, level]) => {
    const shown = shownPath(path, variable);
    const text = textOf(path, shown);
    if (text === "") return [];
    const settings = text === undefined ? text : parseClaudeSettings(text, own, WINDOWS);
    return [{ shown, level, settings }];
  });
}

/** Where settings lie, as far as that is known. */
interface SettingsPlaces {
  /** An administrator's folder. */
  readonly managed: string | undefined;
  /** The folder of the project. */
  readonly project: string | undefined;
  /** The user's file. */
  readonly user: string | undefined;
}

/**
 * Lists the paths at which there may be settings.
 *
 * @param places Where they lie.
 * @returns The paths with whose they are, those that win first.
 */
export function settingsPaths(
  { managed, project, user }: SettingsPlaces,
): Map<string, SettingsLevel> {
  return new Map<string, SettingsLevel>([
    ...(managed === undefined ? [] : managedPaths(managed)).map((path) =>
      [path, "managed"] as const
    ),
    ...(project === undefined ? [] : projectPaths(project)).map((path) =>
      [path, "project"] as const
    ),
    // Where somebody works in the home folder, the user's own is the project's too.
    ...(user === undefined ? [] : [[user, "user"] as const]),
  ]);
}

/**
 * Finds settings that claude-key cannot read: those of device management are no text.
 *
 * @returns Their path, if they are there.
 */
export function unreadableSettings(): string | undefined {
  if (Deno.build.os !== "darwin") return undefined;
  try {
    return Deno.statSync(MANAGED_PREFERENCES).isFile ? MANAGED_PREFERENCES : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Finds the settings file whose helper counts.
 *
 * @param files The files that are there, those that win first.
 * @returns The file, if one has a helper.
 */
export function fileOfHelper(files: readonly ClaudeSettingsFile[]): ClaudeSettingsFile | undefined {
  return files.find(({ settings }) => settings?.helper !== undefined);
}

/**
 * Finds the settings file whose address of the gateway counts.
 *
 * @param files The files that are there, those that win first.
 * @returns The file, if one has an address.
 */
export function fileOfGateway(
  files: readonly ClaudeSettingsFile[],
): ClaudeSettingsFile | undefined {
  return files.find(({ settings }) => settings?.variables.get(GATEWAY));
}

/**
 * Lists where settings files set variables.
 *
 * @param files The files that are there, those that win first.
 * @returns The places, in this order.
 */
export function settingsPlaces(files: readonly ClaudeSettingsFile[]): VariablePlace[] {
  return files.map(({ shown, level, settings }) => ({
    kind: "settings file",
    shown,
    variables: settings?.variables ?? new Map(),
    isManaged: level === "managed",
  }));
}

function managedPaths(folder: string): string[] {
  const parts = below(folder, "managed-settings.d");
  return [
    ...jsonFiles(parts).map((name) => below(parts, name)),
    below(folder, "managed-settings.json"),
  ];
}

/** Names of files, the last first. */
function jsonFiles(folder: string): string[] {
  try {
    return Array.from(Deno.readDirSync(folder), ({ name }) => name)
      .filter((name) => name.endsWith(".json") && !name.startsWith("."))
      .sort().reverse();
  } catch {
    return [];
  }
}

function projectPaths(project: string): string[] {
  const folder = below(project, ".claude");
  return [below(folder, "settings.local.json"), below(folder, "settings.json")];
}

/** Nothing where it was removed. */
function currentFolder(): string | undefined {
  try {
    return Deno.cwd();
  } catch {
    return undefined;
  }
}

/** Nothing for a file that cannot be read: it is as good as a broken one. */
function textOf(path: string, shown: string): string | undefined {
  try {
    return readText(path, shown);
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

/**
 * From the command line to the point where the cache and `op` may be touched: configuration is
 * read, then everything else is given up.
 *
 * @module
 */

import type { Invocation } from "../command_line/arguments.ts";
import { resolveCacheFolder } from "../cache/resolve_cache_folder.ts";
import {
  type Configuration,
  isOn,
  keyVariableOf,
  resolveConfiguration,
} from "../configuration/configuration.ts";
import { confineTo, giveUp } from "../confinement/confinement.ts";
import { Failure } from "../failure/failure.ts";
import type { KeySource } from "./entries.ts";
import { obtainKey } from "./obtain_key.ts";
import { setDebugging } from "../terminal/report.ts";
import { type SettingFlags, type Settings, visibleValue } from "../configuration/settings.ts";
import { readUserSettings } from "../configuration/user_settings.ts";
import type { WorkingProject } from "../configuration/working_project.ts";

/** What a command that needs the key works with. */
interface Session {
  /** What the user has set. */
  readonly settings: Settings;
  /** What that means for the key. */
  readonly configuration: Configuration;
  /** The current project, if the configuration has a use for it. */
  readonly project?: WorkingProject;
}

/**
 * Reads the configuration of this run.
 *
 * @param invocation The command line, whose options win.
 * @returns What the command works with.
 * @throws {Failure} If the configuration is wrong or incomplete.
 */
export async function openSession(invocation: Invocation): Promise<Session> {
  return await resolveSession(openSettings(invocation), invocation.command === "env");
}

/**
 * Reads the settings of this run, whether they are complete or not.
 *
 * @param invocation The command line, whose options win.
 * @returns What the user has set.
 * @throws {Failure} If `local.env` cannot be read, or `CLAUDE_DEBUG` is neither 0 nor 1.
 */
export function openSettings(invocation: Invocation): Settings {
  const settings = readSettings(invocation);
  startDebugging(settings);
  return settings;
}

/**
 * Reads the settings of this run as they are.
 *
 * @param invocation The command line, whose options win.
 * @returns What the user has set.
 * @throws {Failure} If `local.env` cannot be read.
 */
export function readSettings(invocation: Invocation): Settings {
  return readUserSettings(settingFlags(invocation));
}

/**
 * Turns on the debug line, if that is asked for.
 *
 * @param settings What the user has set.
 * @throws {Failure} Of kind `configuration` if `CLAUDE_DEBUG` is neither 0 nor 1.
 */
export function startDebugging(settings: Settings): void {
  setDebugging(isOn("CLAUDE_DEBUG", settings));
}

/**
 * Makes a session of settings.
 *
 * @param settings What the user has set.
 * @param exporting Whether variables are handed on, one of which may name the project.
 * @returns What a command works with.
 * @throws {Failure} If the configuration is wrong or incomplete.
 */
export async function resolveSession(
  settings: Settings,
  exporting: boolean = false,
): Promise<Session> {
  const wanted = isOn("CLAUDE_KEY_PROJECT_FIELDS", settings) ||
    exporting && isOn("CLAUDE_KEY_REPO_HEADER", settings);
  const project = wanted ? await projectOf(settings) : undefined;
  if (exporting) keyVariableOf(settings);
  return {
    settings,
    configuration: resolveConfiguration(settings, project?.name),
    ...(project && { project }),
  };
}

/**
 * Confines the process, then gets the key. Nothing but the cache folder and `op` can be reached
 * afterwards.
 *
 * @param configuration Which secret, and how it is kept.
 * @param from Where the key may come from.
 * @returns The key.
 * @throws {Failure} If there is no key to be had.
 */
export async function confineAndObtainKey(
  configuration: Configuration,
  from: KeySource,
): Promise<string> {
  const { cacheFolder } = configuration;
  const folders = cacheFolder === undefined ? [] : [resolveCacheFolder(cacheFolder)];
  const [folder] = folders;
  const uid = Deno.uid();
  confineTo(...folders);
  if (from === "cache") giveUp("run", "write");
  return await obtainKey({ configuration, folder, uid, from });
}

/**
 * Tells where the key may come from.
 *
 * @param invocation The command line.
 * @returns Where.
 * @throws {Failure} Of kind `usage` if it asks for both.
 */
export function keySource({ switches }: Invocation): KeySource {
  if (switches.has("refresh") && switches.has("cached")) {
    throw new Failure("usage", "--refresh and --cached exclude each other", [
      "leave one of them out",
    ]);
  }
  return switches.has("refresh")
    ? "1Password"
    : switches.has("cached")
    ? "cache"
    : "cache or 1Password";
}

function settingFlags({ values }: Invocation): SettingFlags {
  const { ttl, var: variable } = values;
  return {
    ...(ttl !== undefined && { CLAUDE_KEY_TTL: { option: "ttl", value: ttl } }),
    ...(variable !== undefined && { CLAUDE_KEY_VAR: { option: "var", value: variable } }),
  };
}

/** Few configurations have a use for it, and a hit would pay for what reads git's files. */
async function projectOf(settings: Settings): Promise<WorkingProject> {
  const name = visibleValue("CLAUDE_PROJECT", settings.find("CLAUDE_PROJECT"));
  const { workingProject } = await import("../configuration/working_project.ts");
  return workingProject(name);
}

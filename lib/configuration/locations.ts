/**
 * Where the configuration files and the cache folder are, unless the configuration says otherwise.
 *
 * @module
 */

import { below, isAbsolute, isOnServer } from "../files/paths.ts";
import { ON_SERVER } from "../failure/refusal_words.ts";
import { quoted } from "../text/quoted.ts";

/** Looks up an environment variable; `undefined` if it is not set. */
export type VariableLookup = (name: string) => string | undefined;

/** Why there is no use in a place, and what to do about it. */
export interface LocationProblem {
  /** What is wrong, in words. */
  readonly problem: string;
  /** What to do about it. */
  readonly cure: string;
}

/** One of the folders that a system has for its users, or why it is of no use. */
export type Location = { readonly path: string } | LocationProblem;

/**
 * The configuration file: `${XDG_CONFIG_HOME:-~/.config}/claude/local.env`, on Windows
 * `%APPDATA%\claude\local.env`.
 *
 * @param os The operating system.
 * @param variable Looks up `HOME` and its like.
 * @returns The file's absolute path, or what stands in the way.
 */
export function configurationFile(os: typeof Deno.build.os, variable: VariableLookup): Location {
  const base = os === "windows"
    ? namedFolder("APPDATA", variable)
    : homeFolder("XDG_CONFIG_HOME", ".config", variable);
  if ("path" in base) return { path: below(base.path, "claude", "local.env") };
  return isOnServer(variable("APPDATA") ?? "") ? { ...base, cure: SETTINGS_WITHOUT_FILE } : base;
}

/** What to do where the configuration file lies on a server. */
export const SETTINGS_WITHOUT_FILE =
  "name each setting in the environment, then open a new terminal: setx OP_ITEM op://Vault/Item";

/**
 * The team's file, which lies where only an administrator writes: `/etc/claude/team.env`, on macOS
 * `/Library/Application Support/claude/team.env`, on Windows `%ProgramFiles%\claude\team.env`.
 *
 * @param os The operating system.
 * @param variable Looks up `ProgramFiles`. Whoever chooses the environment chooses every setting, so
 * that this gives nothing away.
 * @returns The file's absolute path, or what stands in the way.
 */
export function teamConfigurationFile(
  os: typeof Deno.build.os,
  variable: VariableLookup,
): Location {
  if (os === "windows") return namedFolder("ProgramFiles", variable, "claude", "team.env");
  const base = os === "darwin" ? "/Library/Application Support" : "/etc";
  return { path: `${base}/claude/team.env` };
}

/**
 * The cache folder: `${XDG_CACHE_HOME:-~/.cache}/claude`, on Windows `%LOCALAPPDATA%\claude`.
 *
 * @param os The operating system.
 * @param variable Looks up `HOME` and its like.
 * @returns The folder's absolute path, or what stands in the way.
 */
export function defaultCacheFolder(os: typeof Deno.build.os, variable: VariableLookup): Location {
  const base = os === "windows"
    ? namedFolder("LOCALAPPDATA", variable)
    : homeFolder("XDG_CACHE_HOME", ".cache", variable);
  return "path" in base ? { path: below(base.path, "claude") } : base;
}

/**
 * Claude Code's user settings: `settings.json` in `CLAUDE_CONFIG_DIR`, else in `~/.claude`, on
 * Windows in `%USERPROFILE%\.claude` [Claude Code docs: settings].
 *
 * @param os The operating system.
 * @param variable Looks up `HOME` and its like.
 * @returns The file's absolute path, or what stands in the way.
 */
export function claudeSettingsFile(os: typeof Deno.build.os, variable: VariableLookup): Location {
  const folder = variable("CLAUDE_CONFIG_DIR")
    ? namedFolder("CLAUDE_CONFIG_DIR", variable)
    : namedFolder(os === "windows" ? "USERPROFILE" : "HOME", variable, ".claude");
  return "path" in folder ? { path: below(folder.path, "settings.json") } : folder;
}

/**
 * Writes a path for people.
 *
 * @param path An absolute path.
 * @param variable Looks up `HOME`.
 * @returns The path, with `~` for the home folder: as short, and a shell still understands it.
 */
export function shownPath(path: string, variable: VariableLookup): string {
  const home = variable("HOME");
  return home && home !== "/" && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}

/** A relative path in an `XDG_*` variable is to be ignored [XDG Base Directory Specification]. */
function homeFolder(xdg: string, otherwise: string, variable: VariableLookup): Location {
  const named = variable(xdg);
  if (named && isAbsolute(named)) return { path: named };
  return namedFolder("HOME", variable, otherwise);
}

function namedFolder(
  name: string,
  variable: VariableLookup,
  ...folders: readonly string[]
): Location {
  const path = variable(name);
  const cure = `set ${name} to an absolute path`;
  if (!path) return { problem: `${name} is not set`, cure };
  if (isOnServer(path)) {
    const problem = `${name} is ${quoted(path)}, which ${ON_SERVER}`;
    return { problem, cure: `set ${name} to a folder on a local disk` };
  }
  if (isAbsolute(path)) return { path: below(path, ...folders) };
  return { problem: `${name} is ${quoted(path)}, which is not an absolute path`, cure };
}

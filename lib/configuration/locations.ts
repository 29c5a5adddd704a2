/**
 * Where the configuration files and the cache folder are, unless the configuration says otherwise.
 *
 * @module
 */

import { below, isAbsolute } from "../files/paths.ts";

/** Looks up an environment variable; `undefined` if it is not set. */
export type VariableLookup = (name: string) => string | undefined;

/** One of the folders that a system has for its users, or the reason why it cannot be told. */
export type Location = { readonly path: string } | { readonly problem: string };

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
  return "path" in base ? { path: below(base.path, "claude", "local.env") } : base;
}

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
  if (!path) return { problem: `${name} is not set` };
  if (!isAbsolute(path)) return { problem: `${name} is "${path}", which is not an absolute path` };
  return { path: below(path, ...folders) };
}

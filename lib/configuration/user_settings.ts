/**
 * Reads what the user has set: environment variables and `local.env`.
 *
 * @module
 */

import { Failure } from "../failure/failure.ts";
import { LocalEnvError, parseLocalEnv } from "./local_env.ts";
import { configurationFile, shownPath } from "./locations.ts";
import { pathWord } from "../text/shell_word.ts";
import { quoted } from "../text/quoted.ts";
import { type JudgedFile, readJudged } from "../files/judged_file.ts";
import { refusalWords } from "../failure/refusal_words.ts";
import { type SettingFlags, Settings, type SettingsFile } from "./settings.ts";
import { decodeUtf8 } from "../text/utf8.ts";

const LARGEST_TEXT = 1024 * 1024;

/**
 * Gathers the settings of this run.
 *
 * @param flags What the command line says.
 * @returns The settings.
 * @throws {Failure} Of kind `configuration` if `local.env` is there and cannot be read, or has a
 * line that is no assignment, or an environment variable is not valid Unicode.
 */
export function readUserSettings(flags: SettingFlags): Settings {
  const location = configurationFile(Deno.build.os, environmentVariable);
  const file = "path" in location ? readLocalEnv(location.path) : location;
  return new Settings(flags, environmentVariable, file);
}

/**
 * Looks up one environment variable.
 *
 * @param name One of the variables that the permissions cover.
 * @returns Its value, or `undefined` if it is not set.
 * @throws {Failure} Of kind `configuration` if its value is not valid Unicode.
 */
export function environmentVariable(name: string): string | undefined {
  try {
    return Deno.env.get(name);
  } catch (error) {
    if (!(error instanceof Deno.errors.InvalidData)) throw error;
    throw new Failure("configuration", `the environment variable ${name} is not valid Unicode`, [
      `set ${name} again, or unset it`,
    ]);
  }
}

/**
 * Looks up one environment variable that is not worth a failure.
 *
 * @param name One of the variables that the permissions cover.
 * @returns Its value, or `undefined` if it is not set, or is not valid Unicode.
 */
export function textVariable(name: string): string | undefined {
  try {
    return environmentVariable(name);
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

function readLocalEnv(path: string): SettingsFile {
  const shown = shownPath(path, environmentVariable);
  const text = readText(path, shown, "keep only NAME=VALUE lines in it");
  try {
    return { path, shownPath: shown, entries: parseLocalEnv(text) };
  } catch (error) {
    if (!(error instanceof LocalEnvError)) throw error;
    throw new Failure("configuration", `${shown}, line ${error.line}: ${error.message}`, [
      error.cure,
    ]);
  }
}

/**
 * Reads a small text file of the user's whole, with its byte order mark.
 *
 * @param path Its absolute path.
 * @param shown The same for people.
 * @param cure What to do about one that is too large.
 * @returns The text; empty if there is no such file.
 * @throws {Failure} Of kind `configuration` if it is there and cannot be read.
 */
export function readText(
  path: string,
  shown: string,
  cure: string = `see what is in it: less ${pathWord(shown)}`,
): string {
  const file = open(path, shown, cure);
  const text = file === undefined ? "" : decodeUtf8(file.bytes);
  if (text !== undefined) return text;
  throw unreadable(shown, "is not UTF-8 text", "save it again as UTF-8");
}

function open(path: string, shown: string, cure: string): JudgedFile | undefined {
  try {
    const file = readJudged(path, ({ isFile, size }) => {
      if (!isFile) {
        const move = `mv ${pathWord(shown)} ${pathWord(`${shown}.old`)}`;
        return unreadable(shown, "is not a file", `move it away: ${move}`);
      }
      return size > LARGEST_TEXT ? unreadable(shown, "is larger than 1 MiB", cure) : undefined;
    });
    if ("problem" in file) throw file.problem;
    return file;
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return undefined;
    }
    if (error instanceof Deno.errors.PermissionDenied) {
      const cure = `make it yours again: chmod u+r ${pathWord(shown)}`;
      throw unreadable(shown, "cannot be read", cure);
    }
    throw unreadable(shown, `cannot be read: ${refusalWords(error)}`);
  }
}

function unreadable(shown: string, problem: string, ...hints: string[]): Failure {
  return new Failure("configuration", `${quoted(shown)} ${problem}`, hints);
}

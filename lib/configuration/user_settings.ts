/**
 * Reads what the user has set: environment variables, `local.env` and the team's file.
 *
 * @module
 */

import { Failure } from "../failure/failure.ts";
import { LocalEnvError, parseLocalEnv } from "./local_env.ts";
import {
  configurationFile,
  type LocationProblem,
  SETTINGS_WITHOUT_FILE,
  shownPath,
  teamConfigurationFile,
} from "./locations.ts";
import { groupCanWrite, writerFailure } from "./trusted_writers.ts";
import { parentOf, WINDOWS } from "../files/paths.ts";
import {
  letAllReadCommand,
  letMeCommand,
  moveCommand,
  showFileCommand,
} from "../text/typed_commands.ts";
import { quoted } from "../text/quoted.ts";
import { type JudgedFile, readJudged } from "../files/judged_file.ts";
import { ON_SERVER, refusalWords } from "../failure/refusal_words.ts";
import { type SettingFlags, Settings, type SettingsFile } from "./settings.ts";
import { decodeUtf8 } from "../text/utf8.ts";

const LARGEST_TEXT = 1024 * 1024;

let movedTeamFile: string | undefined;

/**
 * Puts the team's file elsewhere, for tests. Nothing in the program does so, and no variable can:
 * the place is one where only an administrator writes.
 *
 * @param path Its absolute path.
 */
export function moveTeamFile(path: string): void {
  movedTeamFile = path;
}

/**
 * Gathers the settings of this run.
 *
 * @param flags What the command line says.
 * @returns The settings.
 * @throws {Failure} Of kind `configuration` if `local.env` or the team's file is there and cannot be
 * read, can be written by others, or has a line that is no assignment, or an environment variable is
 * not valid Unicode.
 */
export function readUserSettings(flags: SettingFlags): Settings {
  const location = configurationFile(Deno.build.os, environmentVariable);
  const uid = Deno.uid();
  const file = "path" in location ? readUsersFile(location.path, uid) : location;
  return new Settings(flags, environmentVariable, file, readTeamFile(uid));
}

function readTeamFile(uid: number | null): SettingsFile | undefined {
  const location = movedTeamFile === undefined
    ? teamConfigurationFile(Deno.build.os, environmentVariable)
    : { path: movedTeamFile };
  if ("problem" in location) return undefined;
  const { path } = location;
  const file = readSettingsFile(path, uid, () => `have it opened: ${letAllReadCommand(path)}`);
  return file && { ...file, isTeams: true };
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

function readUsersFile(path: string, uid: number | null): SettingsFile | LocationProblem {
  try {
    return readSettingsFile(path, uid) ?? nothingIn(path);
  } catch (error) {
    // The folder may be a link to a server, or its drive may be one.
    const refused = error instanceof Failure ? error.cause : error;
    if (!WINDOWS || !(refused instanceof Deno.errors.NotCapable)) throw error;
    const shown = shownPath(path, environmentVariable);
    return { problem: `${quoted(shown)} ${ON_SERVER}`, cure: SETTINGS_WITHOUT_FILE };
  }
}

function nothingIn(path: string): SettingsFile {
  return { path, shownPath: shownPath(path, environmentVariable), entries: new Map() };
}

function readSettingsFile(
  path: string,
  uid: number | null,
  opening?: () => string,
): SettingsFile | undefined {
  const shown = shownPath(path, environmentVariable);
  const judge = (facts: Deno.FileInfo): Failure | undefined => writerFailure(facts, shown, uid);
  const file = open(path, shown, "keep only NAME=VALUE lines in it", judge, opening);
  if (file === undefined) return undefined;
  const problem = folderFailure(parentOf(path), uid);
  if (problem !== undefined) throw problem;
  try {
    return {
      path,
      shownPath: shown,
      entries: parseLocalEnv(textOf(file, shown)),
      groupCanWrite: groupCanWrite(file.facts, uid),
    };
  } catch (error) {
    if (!(error instanceof LocalEnvError)) throw error;
    throw new Failure("configuration", `${shown}, line ${error.line}: ${error.message}`, [
      error.cure,
    ]);
  }
}

function folderFailure(folder: string, uid: number | null): Failure | undefined {
  return writerFailure(Deno.statSync(folder), shownPath(folder, environmentVariable), uid);
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
  cure: string = `see what is in it: ${showFileCommand(shown)}`,
): string {
  const file = open(path, shown, cure);
  return file === undefined ? "" : textOf(file, shown);
}

function textOf({ bytes }: JudgedFile, shown: string): string {
  const text = decodeUtf8(bytes);
  if (text !== undefined) return text;
  throw unreadable(shown, "is not UTF-8 text", "save it again as UTF-8");
}

/** Opens a file that is there; `judge` says what else speaks against it. */
function open(
  path: string,
  shown: string,
  cure: string,
  judge: (facts: Deno.FileInfo) => Failure | undefined = () => undefined,
  opening: () => string = () => `make it yours again: ${letMeCommand(shown, "file")}`,
): JudgedFile | undefined {
  try {
    const file = readJudged(path, (facts) => {
      const { isFile, size } = facts;
      if (!isFile) {
        const move = moveCommand(shown, `${shown}.old`);
        return unreadable(shown, "is not a file", `move it away: ${move}`);
      }
      if (size > LARGEST_TEXT) return unreadable(shown, "is larger than 1 MiB", cure);
      return judge(facts);
    });
    if ("problem" in file) throw file.problem;
    return file;
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return undefined;
    }
    if (error instanceof Deno.errors.PermissionDenied) {
      throw unreadable(shown, "cannot be read", opening());
    }
    const problem = `${quoted(shown)} cannot be read: ${refusalWords(error)}`;
    throw new Failure("configuration", problem, [], { cause: error });
  }
}

function unreadable(shown: string, problem: string, ...hints: string[]): Failure {
  return new Failure("configuration", `${quoted(shown)} ${problem}`, hints);
}

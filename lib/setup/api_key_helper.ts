/**
 * Makes Claude Code ask claude-key for its key by itself, through `apiKeyHelper`.
 *
 * @module
 */

import { GATEWAY, HELPER, rivalsOf, shellPlace } from "../claude_code/precedence.ts";
import {
  type ClaudeSettingsFile,
  fileOfGateway,
  fileOfHelper,
  settingsPlaces,
} from "../claude_code/settings_files.ts";
import { Failure } from "../failure/failure.ts";
import { quoted } from "../text/quoted.ts";
import { parseJsonObject } from "../text/json_object.ts";
import { unsetCommand } from "../text/typed_commands.ts";
import { withMember } from "./rewrite_claude_settings.ts";

/**
 * Adds the helper to the text of Claude Code's settings.
 *
 * @param text The file; blank if there is none.
 * @param command What Claude Code is to run.
 * @param shown Where the file is, for people.
 * @returns The new file.
 * @throws {Failure} Of kind `configuration` if it is not a JSON object: it is then left alone.
 */
export function withHelper(text: string, command: string, shown: string): string {
  const result = withMember(text, HELPER, command);
  if (result !== undefined) return result;
  throw new Failure("configuration", `${quoted(shown)} is not a JSON object`, [
    "correct it, or move it away, then run the same command again",
  ]);
}

/**
 * Says what the file will say.
 *
 * @param text The file before.
 * @param command What Claude Code is to run.
 * @returns One line for people. What it replaces is not shown: it may have a key in it.
 */
export function helperLine(text: string, command: string): string {
  const before = parseJsonObject(text)?.[HELPER];
  const replaced = before === undefined || before === command
    ? ""
    : ", in the place of another helper";
  return `${JSON.stringify(HELPER)}: ${JSON.stringify(command)}${replaced}`;
}

/** What decides whether the helper will do. */
interface HelperSurroundings {
  /** The file that names the helper, for people. */
  readonly shown: string;
  /** Claude Code's settings files of all levels as they were before, those that win first. */
  readonly files: readonly ClaudeSettingsFile[];
  /** The variables that matter and are set in the shell, with their values. */
  readonly exported: ReadonlyMap<string, string>;
}

/**
 * Finds out what keeps the helper from being used, or its key from reaching the gateway.
 *
 * @param surroundings What decides.
 * @param url The gateway's address, if it is configured. It has no password.
 * @returns A warning for each problem.
 */
export function helperWarnings(
  { shown, files, exported }: HelperSurroundings,
  url: string | undefined,
): string[] {
  const shell = shellPlace([...exported.keys()], (name) => exported.get(name));
  const rivals = rivalsOf(HELPER, [...settingsPlaces(files), shell]);
  const stronger = fileOfHelper(files.filter(({ level }) => level !== "user"));
  return [
    ...rivals.map(({ name, place }) =>
      place.kind === "shell"
        ? `${name} is exported here, which switches the helper off: ${unsetCommand([name])}`
        : `${name} is in the env of ${place.shown}, which switches the helper off: remove it`
    ),
    ...(stronger === undefined ? [] : [`${HELPER} in ${stronger.shown} wins over it: remove it`]),
    ...(exported.has(GATEWAY) || fileOfGateway(files) !== undefined ? [] : [
      `Claude Code is not told of the gateway: add "env": {"${GATEWAY}": ${
        JSON.stringify(url ?? "https://litellm.example.com")
      }} to ${shown}`,
    ]),
  ];
}

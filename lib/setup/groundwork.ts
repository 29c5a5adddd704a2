/**
 * What the set-up must know before the process confines itself.
 *
 * @module
 */

import { helperCommand } from "../claude_code/helper_command.ts";
import { ownHelper, ownWords } from "../claude_code/own_helper.ts";
import { GATEWAY, RIVAL_VARIABLES } from "../claude_code/precedence.ts";
import { type ClaudeSettingsFile, readClaudeSettings } from "../claude_code/settings_files.ts";
import { WINDOWS } from "../files/paths.ts";
import { quoted } from "../text/quoted.ts";
import type { Invocation } from "../command_line/arguments.ts";
import type { ResolvedFolder } from "../files/resolve_folder.ts";
import { resolveCacheFolder } from "../cache/resolve_cache_folder.ts";
import {
  type KeyTerms,
  type Principal,
  principalOf,
  resolveKeyTerms,
} from "../configuration/configuration.ts";
import { Failure } from "../failure/failure.ts";
import { claudeSettingsFile, type Location, shownPath } from "../configuration/locations.ts";
import { openSettings } from "../key/session.ts";
import { SETTING_NAMES, type Settings, type SettingsFile } from "../configuration/settings.ts";
import { EVALUATION_LINES } from "../shells/evaluation_lines.ts";
import { environmentVariable } from "../configuration/user_settings.ts";
import { type Answers, currentAnswers, givenAnswers } from "./answers.ts";
import { loginShell } from "./login_shell.ts";
import { TargetFile } from "./target_file.ts";

/** Everything that is to be known before the process confines itself. */
export interface SetupGroundwork {
  /** The answers that the command line gives. */
  readonly given: Partial<Answers>;
  /** The answers that are configured already. */
  readonly current: Partial<Answers>;
  /** Who asks for the key. */
  readonly principal: Principal;
  /** How keys are got and kept. */
  readonly terms: KeyTerms;
  /** The cache folder; without one, nothing is cached. */
  readonly folder: ResolvedFolder | undefined;
  /** The user that runs this, or `null` where the system has no such numbers. */
  readonly uid: number | null;
  /** The configuration file. */
  readonly localEnv: TargetFile;
  /** What the team's file says, if there is one. */
  readonly teamFile: SettingsFile | undefined;
  /** Claude Code's settings, if they are to be written. */
  readonly claudeSettings: TargetFile | undefined;
  /** Settings of the user's environment, which win over `local.env`. */
  readonly environment: ReadonlyMap<string, string>;
  /** The variables that matter to Claude Code and are set in the environment. */
  readonly exported: ReadonlyMap<string, string>;
  /** Claude Code's settings files of all levels. */
  readonly claudeFiles: readonly ClaudeSettingsFile[];
  /** The command that Claude Code is to run, if its settings are to be written. */
  readonly helper: string | undefined;
  /** What to type in the user's shell. */
  readonly line: string;
}

/**
 * Reads the environment and finds the files, as long as that is allowed.
 *
 * @param invocation The command line.
 * @returns What the set-up goes on with.
 * @throws {Failure} If an option or the present configuration is wrong.
 */
export function layGround(invocation: Invocation): SetupGroundwork {
  const settings = openSettings(invocation);
  const { variable } = settings;
  const terms = resolveKeyTerms(settings);
  const helper = invocation.switches.has("api-key-helper");
  const location = claudeSettingsFile(Deno.build.os, variable);
  const shell = loginShell(Deno.build.os, variable);
  return {
    given: givenAnswers(invocation.values),
    current: currentAnswers(settings),
    principal: principalOf(settings),
    terms,
    folder: terms.cacheFolder === undefined ? undefined : resolveCacheFolder(terms.cacheFolder),
    uid: Deno.uid(),
    localEnv: localEnvOf(settings),
    teamFile: settings.teamFile,
    claudeSettings: helper ? claudeSettingsOf(location) : undefined,
    environment: new Map(
      SETTING_NAMES.flatMap((name) => {
        const value = variable(name);
        return value ? [[name, value]] : [];
      }),
    ),
    exported: new Map([...RIVAL_VARIABLES, GATEWAY].flatMap((name) => {
      const value = variable(name);
      return value ? [[name, value]] : [];
    })),
    claudeFiles: helper ? readClaudeSettings(variable, ownWords()) : [],
    helper: helper ? ownCommand(settings) : undefined,
    line: EVALUATION_LINES[shell].line,
  };
}

function ownCommand({ variable }: Settings): string {
  const parts = ownHelper(variable);
  const command = helperCommand(parts, WINDOWS);
  if (command !== undefined) return command;
  throw new Failure("other", `cmd has no way to run ${quoted(parts.words[0] ?? "")}`, [
    "move claude-key to a folder without % in its name, then run the same command again",
  ]);
}

function localEnvOf({ file, fileProblem }: Settings): TargetFile {
  if (file !== undefined) return new TargetFile(file.path, file.shownPath);
  throw new Failure(
    "configuration",
    `there is no place for the configuration: ${fileProblem?.problem}`,
    fileProblem && [fileProblem.cure],
  );
}

function claudeSettingsOf(location: Location): TargetFile {
  if ("path" in location) {
    return new TargetFile(location.path, shownPath(location.path, environmentVariable));
  }
  throw new Failure(
    "configuration",
    `there is no place for Claude Code's settings: ${location.problem}`,
    [location.cure],
  );
}

/**
 * The variables that `env` hands to the shell beside the key.
 *
 * @module
 */

import { Failure } from "../failure/failure.ts";
import { isOn } from "./configuration.ts";
import { hasControlCharacter } from "../text/control_characters.ts";
import { withRepositoryHeader } from "./custom_headers.ts";
import type { LocalEnvEntry } from "./local_env.ts";
import {
  isSettingName,
  settingFailure,
  type Settings,
  type SettingsFile,
  visibleValue,
} from "./settings.ts";
import type { WorkingProject } from "./working_project.ts";

const BASE_URL = "ANTHROPIC_BASE_URL";
const CUSTOM_HEADERS = "ANTHROPIC_CUSTOM_HEADERS";

/**
 * Collects the gateway's address, the custom headers, every other `ANTHROPIC_*` and `CLAUDE_CODE_*`
 * line of the configuration files, and every line that begins with `export`. A value in the user's
 * environment wins for `ANTHROPIC_*` and `CLAUDE_*`. Other names cannot be looked up there, as
 * claude-key may read only the variables that it knows.
 *
 * @param settings What the user has set.
 * @param project The current project, needed only where its header is to be sent.
 * @returns Names and values, in the order to print.
 * @throws {Failure} Of kind `configuration` if the gateway's address is not an http(s) URL, or a
 * line exports what can make a program run something.
 */
export async function exportedVariables(
  settings: Settings,
  project?: WorkingProject,
): Promise<Map<string, string>> {
  const variables = new Map<string, string>();
  const url = gatewayUrl(settings);
  if (url !== undefined) variables.set(BASE_URL, url);
  for (const file of settings.files) {
    for (const [name, entry] of file.entries) {
      if (variables.has(name) || !isHandedOn(name, settings)) continue;
      if (!isClaudeCodes(name)) await refuseCommanding(name, entry, file);
      const own = isReadable(name) ? settings.variable(name) : undefined;
      variables.set(name, own || entry.value);
    }
  }
  if (project !== undefined && isOn("CLAUDE_KEY_REPO_HEADER", settings)) {
    const headers = settings.variable(CUSTOM_HEADERS) || (variables.get(CUSTOM_HEADERS) ?? "");
    variables.set(CUSTOM_HEADERS, withRepositoryHeader(headers, repository(settings, project)));
  }
  return variables;
}

/**
 * Whether the lines of a name are for the client of the gateway, and not for claude-key or `op`. As
 * in a shell it is enough that one of them begins with `export`.
 *
 * @param name The name.
 * @param settings What the user has set.
 * @returns Whether `env` prints it.
 */
export function isHandedOn(name: string, { files }: Settings): boolean {
  if (isClaudeCodes(name)) return true;
  return !isOwn(name) && files.some(({ entries }) => entries.get(name)?.exported === true);
}

/**
 * Whether a variable is one of Claude Code's, which are handed on whether `export` stands in front of
 * them or not.
 *
 * @param name Its name.
 * @returns Whether it is.
 */
function isClaudeCodes(name: string): boolean {
  return name.startsWith("ANTHROPIC_") || name.startsWith("CLAUDE_CODE_");
}

/**
 * Whether a variable is for claude-key or `op`, and is never handed on.
 *
 * @param name Its name.
 * @returns Whether it is.
 */
function isOwn(name: string): boolean {
  return name.startsWith("OP_") || name.startsWith("CLAUDE_KEY_") || isSettingName(name);
}

/**
 * Whether a variable can be looked up in the user's environment, where it wins: the list of
 * permissions has the families of these names.
 *
 * @param name A variable that is handed on.
 * @returns Whether it can.
 */
export function isReadable(name: string): boolean {
  return name.startsWith("ANTHROPIC_") || name.startsWith("CLAUDE_");
}

/** What is seldom in a configuration is loaded only for one that has it. */
async function refuseCommanding(
  name: string,
  { line }: LocalEnvEntry,
  { shownPath }: SettingsFile,
): Promise<void> {
  const { isCommanding } = await import("./commanding_variables.ts");
  if (!isCommanding(name)) return;
  throw new Failure(
    "configuration",
    `${shownPath}, line ${line}: ${name} can make programs run something, and is not handed on`,
    [`remove that line, and set ${name} in the start-up file of your shell`],
  );
}

function gatewayUrl(settings: Settings): string | undefined {
  const setting = settings.find("LITELLM_BASE_URL");
  const url = visibleValue("LITELLM_BASE_URL", setting);
  if (setting === undefined || url === undefined || isHttpUrl(url)) return url;
  throw settingFailure("LITELLM_BASE_URL", setting, "is not an http or https URL", [
    "write it whole, as in https://litellm.example.com",
  ]);
}

/**
 * Whether a text can be the gateway's address. The URL parser forgives white space, which the
 * gateway's client would not.
 *
 * @param text What the user wrote.
 * @returns Whether it is an http or https URL.
 */
export function isHttpUrl(text: string): boolean {
  const scheme = text.slice(0, "https://".length).toLowerCase();
  return (scheme === "https://" || scheme.startsWith("http://")) && !/\s/.test(text) &&
    !hasControlCharacter(text) && URL.canParse(text);
}

function repository(settings: Settings, project: WorkingProject): string {
  const setting = settings.find("CLAUDE_GITHUB_REPO");
  if (setting === undefined) return project.repository ?? project.name;
  if (/^[A-Za-z0-9_.\/-]+$/.test(setting.value)) return setting.value;
  throw settingFailure("CLAUDE_GITHUB_REPO", setting, "is not a repository", ["write org/repo"]);
}

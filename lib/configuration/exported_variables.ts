/**
 * The variables that `env` hands to the shell beside the key.
 *
 * @module
 */

import { isOn } from "./configuration.ts";
import { hasControlCharacter } from "../text/control_characters.ts";
import { withRepositoryHeader } from "./custom_headers.ts";
import { settingFailure, type Settings } from "./settings.ts";
import type { WorkingProject } from "./working_project.ts";

const BASE_URL = "ANTHROPIC_BASE_URL";
const CUSTOM_HEADERS = "ANTHROPIC_CUSTOM_HEADERS";

/**
 * Collects the gateway's address, the custom headers, and every other `ANTHROPIC_*` and
 * `CLAUDE_CODE_*` line of `local.env`, where a value in the user's environment wins.
 *
 * @param settings What the user has set.
 * @param project The current project, needed only where its header is to be sent.
 * @returns Names and values, in the order to print.
 * @throws {Failure} Of kind `configuration` if the gateway's address is not an http(s) URL.
 */
export function exportedVariables(
  settings: Settings,
  project?: WorkingProject,
): Map<string, string> {
  const variables = new Map<string, string>();
  const url = gatewayUrl(settings);
  if (url !== undefined) variables.set(BASE_URL, url);
  for (const [name, { value }] of settings.file?.entries ?? []) {
    if (!isPassedOn(name) || variables.has(name)) continue;
    variables.set(name, settings.variable(name) || value);
  }
  if (project !== undefined && isOn("CLAUDE_KEY_REPO_HEADER", settings)) {
    const headers = settings.variable(CUSTOM_HEADERS) || (variables.get(CUSTOM_HEADERS) ?? "");
    variables.set(CUSTOM_HEADERS, withRepositoryHeader(headers, repository(settings, project)));
  }
  return variables;
}

function isPassedOn(name: string): boolean {
  return name.startsWith("ANTHROPIC_") || name.startsWith("CLAUDE_CODE_");
}

function gatewayUrl(settings: Settings): string | undefined {
  const setting = settings.find("LITELLM_BASE_URL");
  if (setting === undefined || isHttpUrl(setting.value)) return setting?.value;
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

/**
 * Do Claude Code's settings files let the key through?
 *
 * @module
 */

import { isJsonObject, parseJsonObject } from "../text/json_object.ts";
import { type Finding, ok, problem, warning } from "./finding.ts";
import { unsetCommand } from "../text/typed_commands.ts";

const check = "Claude settings";

/** What a settings file says, as far as it matters here. It may hold secrets: no value is kept. */
interface ClaudeSettings {
  /** The names in its `env`, whose values beat the shell's. */
  readonly env: ReadonlySet<string>;
  /** Its `ANTHROPIC_BASE_URL`, to be compared and not to be shown. */
  readonly baseUrl?: string;
  /** Whether its `apiKeyHelper`, if it has one, is claude-key. */
  readonly helper?: "claude-key" | "another program";
}

/** A settings file that is there. */
export interface ClaudeSettingsFile {
  /** Where, for people. */
  readonly shown: string;
  /** What it says, or nothing if it is not a JSON object. */
  readonly settings: ClaudeSettings | undefined;
}

/** What the files are held against. */
export interface ClaudeSettingsRules {
  /** The variable that receives the key. */
  readonly keyVariable: string;
  /** Whether that one is set in the shell. */
  readonly keyIsExported: boolean;
  /** The gateway's address, if one is configured. */
  readonly gateway: string | undefined;
}

/**
 * Reads a settings file, of which anything may be expected.
 *
 * @param text The file.
 * @returns What it says, or `undefined` if it is not a JSON object.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseClaudeSettings('{"apiKeyHelper": "claude-key get"}')?.helper, "claude-key");
 * assertEquals(parseClaudeSettings("{"), undefined);
 * ```
 */
export function parseClaudeSettings(text: string): ClaudeSettings | undefined {
  const object = parseJsonObject(text);
  if (object === undefined) return undefined;
  const { env, apiKeyHelper } = object;
  const entries = isJsonObject(env) ? env : {};
  const baseUrl = entries["ANTHROPIC_BASE_URL"];
  return {
    env: new Set(Object.keys(entries)),
    ...(typeof baseUrl === "string" && { baseUrl }),
    ...(typeof apiKeyHelper === "string" && {
      helper: /\bclaude-key\b/.test(apiKeyHelper) ? "claude-key" : "another program",
    }),
  };
}

/**
 * Looks for settings that win over the key, or lose against it.
 *
 * @param files The files that are there.
 * @param rules What they are held against.
 * @returns A finding for each, or one that there are none.
 */
export function checkClaudeSettings(
  files: readonly ClaudeSettingsFile[],
  rules: ClaudeSettingsRules,
): Finding[] {
  const findings = files.flatMap((file) => checkFile(file, rules));
  if (findings.length > 0) return findings;
  const helper = files.find(({ settings }) => settings?.helper === "claude-key");
  const message = helper === undefined
    ? "no settings file of Claude Code touches the key"
    : `apiKeyHelper in ${helper.shown} is claude-key`;
  return [ok(check, message)];
}

function checkFile(file: ClaudeSettingsFile, rules: ClaudeSettingsRules): Finding[] {
  const { shown, settings } = file;
  if (settings === undefined) {
    return [warning(check, `${shown} is not a JSON object`, `correct it: ${shown}`)];
  }
  return [...checkEnv(shown, settings, rules), ...checkHelper(shown, settings, rules)];
}

function checkEnv(
  shown: string,
  { env, baseUrl }: ClaudeSettings,
  { keyVariable, gateway }: ClaudeSettingsRules,
): Finding[] {
  const remove = (name: string): string => `remove ${name} from "env" in ${shown}`;
  const findings: Finding[] = [];
  for (const name of new Set([keyVariable, "ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_API_KEY"])) {
    if (!env.has(name)) continue;
    const wins = name === keyVariable || name === "ANTHROPIC_AUTH_TOKEN";
    findings.push(
      wins
        ? problem(check, `${name} in ${shown} wins over the key`, remove(name))
        : warning(check, `${name} in ${shown} is sent beside the key`, remove(name)),
    );
  }
  if (baseUrl !== undefined && gateway !== undefined && baseUrl !== gateway) {
    findings.push(
      warning(
        check,
        `ANTHROPIC_BASE_URL in ${shown} wins over LITELLM_BASE_URL and differs`,
        remove("ANTHROPIC_BASE_URL"),
      ),
    );
  }
  return findings;
}

function checkHelper(
  shown: string,
  { helper }: ClaudeSettings,
  { keyVariable, keyIsExported }: ClaudeSettingsRules,
): Finding[] {
  if (helper === "claude-key" && keyIsExported) {
    const message = `apiKeyHelper in ${shown} is switched off by ${keyVariable} in this shell`;
    return [warning(check, message, unsetCommand([keyVariable]))];
  }
  if (helper === "another program") {
    const message =
      `apiKeyHelper in ${shown} is not claude-key, and counts unless ${keyVariable} ` +
      "is exported";
    return [warning(check, message, "claude-key setup --api-key-helper")];
  }
  return [];
}

/**
 * Where each setting comes from, for people and for programs.
 *
 * @module
 */

import { authenticationOf } from "./configuration.ts";
import { shownPath, type VariableLookup } from "./locations.ts";
import { withoutPassword } from "../text/without_password.ts";
import { type Setting, SETTING_NAMES, type SettingName, type Settings } from "./settings.ts";

/** A setting and its origin. */
export interface SettingOrigin {
  /** Its name. */
  readonly name: SettingName;
  /** Its value, an URL without its password; `null` if it has none. */
  readonly value: string | null;
  /** `flag`, `environment`, `file` or `default`. */
  readonly source: Setting["source"]["kind"];
  /** The option that sets it, for a flag. */
  readonly option?: string;
  /** The file that sets it. */
  readonly file?: string;
  /** The line of that file, counted from 1. */
  readonly line?: number;
  /** Why it does not count, if another setting makes it idle. */
  readonly idle?: string;
}

/** These decide which key it is and how long it serves. Others are shown only if they are set. */
const ALWAYS_SHOWN: ReadonlySet<SettingName> = new Set([
  "OP_ITEM",
  "OP_FIELD",
  "OP_ACCOUNT",
  "LITELLM_BASE_URL",
  "CLAUDE_KEY_TTL",
  "CLAUDE_KEY_CACHE_DIR",
]);

/**
 * Collects every setting with its origin.
 *
 * @param settings What the user has set.
 * @param found Values that are found out where the user has set none: the project, the folder.
 * @returns The settings, in the order of the documentation.
 */
export function settingOrigins(
  settings: Settings,
  found: Partial<Record<SettingName, string>>,
): SettingOrigin[] {
  return SETTING_NAMES.map((name) => {
    const setting = settings.find(name);
    const idle = setting && idleReason(name, settings);
    return {
      name,
      value: shownValue(name, setting?.value ?? found[name]),
      ...originOf(setting),
      ...(idle !== undefined && { idle }),
    };
  });
}

/**
 * Writes settings as rows of a table: name, value, origin.
 *
 * @param origins The settings.
 * @param variable Looks up `HOME`, to shorten paths.
 * @returns A row for each that people want to see.
 */
export function originRows(
  origins: readonly SettingOrigin[],
  variable: VariableLookup,
): string[][] {
  return origins
    .filter(({ name, value, source }) =>
      ALWAYS_SHOWN.has(name) || source !== "default" ||
      // It has a value here only if it decides which key it is.
      (name === "CLAUDE_PROJECT" && value !== null)
    )
    .map((origin) => [
      origin.name,
      origin.value === null ? "not set" : shownPath(origin.value, variable),
      words(origin, variable),
    ]);
}

function shownValue(name: SettingName, value: string | undefined): string | null {
  if (value === undefined) return null;
  return name === "LITELLM_BASE_URL" ? withoutPassword(value) : value;
}

type Origin = Pick<SettingOrigin, "source" | "option" | "file" | "line">;

function originOf(setting: Setting | undefined): Origin {
  const source = setting?.source ?? { kind: "default" };
  if (source.kind === "flag") return { source: "flag", option: source.option };
  if (source.kind === "file") return { source: "file", file: source.file.path, line: source.line };
  return { source: source.kind };
}

function words(origin: SettingOrigin, variable: VariableLookup): string {
  const { source, option, file = "", line, value, idle } = origin;
  if (value === null) return "";
  const origins: Readonly<Record<SettingOrigin["source"], string>> = {
    flag: `--${option}`,
    environment: "environment",
    file: `${shownPath(file, variable)}, line ${line}`,
    default: "default",
  };
  return origins[source] + (idle === undefined ? "" : ` (unused: ${idle})`);
}

function idleReason(name: SettingName, settings: Settings): string | undefined {
  if (name === "OP_FIELD" && namesField(settings.find("OP_ITEM")?.value)) {
    return "OP_ITEM names the field";
  }
  const authentication = authenticationOf(settings);
  if (name === "OP_ACCOUNT" && authentication !== "app") {
    return `a ${authentication} token is set`;
  }
  return undefined;
}

function namesField(item: string | undefined): boolean {
  return item !== undefined && item.replace("op://", "").split("/").length > 2;
}

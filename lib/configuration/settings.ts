/**
 * Every setting with where its value comes from: flags win over environment variables, those over
 * `local.env`, that over the team's file, and that over the defaults.
 *
 * @module
 */

import { Failure } from "../failure/failure.ts";
import type { LocalEnvEntry } from "./local_env.ts";
import type { LocationProblem, VariableLookup } from "./locations.ts";
import { invisibleCharacter } from "../text/invisible_characters.ts";
import { quoted } from "../text/quoted.ts";
import { withoutPassword } from "../text/without_password.ts";

/** Every setting with its default, if it has one. */
const DEFAULTS = {
  OP_ITEM: undefined,
  OP_FIELD: "API Key",
  OP_ACCOUNT: undefined,
  LITELLM_BASE_URL: undefined,
  CLAUDE_PROJECT: undefined,
  CLAUDE_GITHUB_REPO: undefined,
  CLAUDE_KEY_PROJECT_FIELDS: "0",
  CLAUDE_KEY_REPO_HEADER: "0",
  CLAUDE_KEY_VAR: "ANTHROPIC_AUTH_TOKEN",
  CLAUDE_KEY_TTL: "12h",
  CLAUDE_KEY_STALE_IF_ERROR: "0",
  CLAUDE_KEY_TIMEOUT: "90s",
  CLAUDE_KEY_CACHE_DIR: undefined,
  CLAUDE_DEBUG: "0",
} as const;

/** The name of a setting, as it is written in the environment and in `local.env`. */
export type SettingName = keyof typeof DEFAULTS;

/** The name of a setting that always has a value. */
export type DefaultedSettingName = {
  [N in SettingName]: typeof DEFAULTS[N] extends string ? N : never;
}[SettingName];

/** All settings, in the order of the documentation. */
export const SETTING_NAMES = Object.keys(DEFAULTS) as readonly SettingName[];

/**
 * Whether a name is that of a setting.
 *
 * @param name The name of a variable.
 * @returns Whether it is.
 */
export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(DEFAULTS, name);
}

/**
 * The value of a setting that nobody has set.
 *
 * @param name The setting.
 * @returns Its default, or `undefined` if it has none.
 */
export function defaultOf<N extends SettingName>(name: N): typeof DEFAULTS[N] {
  return DEFAULTS[name];
}

/** Where the value of a setting comes from. */
type Source =
  | { readonly kind: "flag"; readonly option: string }
  | { readonly kind: "environment" }
  | { readonly kind: "file"; readonly file: SettingsFile; readonly line: number }
  | { readonly kind: "default" };

/** A value and where it comes from. */
export interface Setting {
  /** What the user wrote. */
  readonly value: string;
  /** Where. */
  readonly source: Source;
}

/** The flags that stand for a setting. */
export type SettingFlags = Partial<Record<SettingName, { option: string; value: string }>>;

/** `local.env` or the team's file, read. */
export interface SettingsFile {
  /** Where it is. */
  readonly path: string;
  /** Where it is, for people: with `~` for the home folder. */
  readonly shownPath: string;
  /** What it says; nothing if there is no such file. */
  readonly entries: ReadonlyMap<string, LocalEnvEntry>;
  /** Whether it is the team's, which the user cannot write but can override. */
  readonly isTeams?: boolean;
  /** Whether its group can write it. */
  readonly groupCanWrite?: boolean;
}

/** Looks up settings. */
export class Settings {
  /** What `local.env` says, or nothing where it cannot be told where that is. */
  readonly file: SettingsFile | undefined;
  /** Why there is no use in `local.env`. */
  readonly fileProblem: LocationProblem | undefined;
  /** What the team's file says, if there is one. */
  readonly teamFile: SettingsFile | undefined;
  /** Looks up environment variables. */
  readonly variable: VariableLookup;
  readonly #flags: SettingFlags;
  readonly #found = new Map<SettingName, Setting | undefined>();

  /**
   * Takes what the user has set, to look it up later.
   *
   * @param flags What the command line says.
   * @param variable Looks up environment variables.
   * @param file What `local.env` says, or why there is no use in it.
   * @param teamFile What the team's file says, if there is one.
   */
  constructor(
    flags: SettingFlags,
    variable: VariableLookup,
    file: SettingsFile | LocationProblem,
    teamFile?: SettingsFile,
  ) {
    this.#flags = flags;
    this.variable = variable;
    this.file = "problem" in file ? undefined : file;
    this.fileProblem = "problem" in file ? file : undefined;
    this.teamFile = teamFile;
  }

  /** The files that were read, the one that wins first. */
  get files(): readonly SettingsFile[] {
    return [this.file, this.teamFile].filter((file) => file !== undefined);
  }

  /**
   * Finds the value of a setting. An empty one counts as none. What has been found once is known,
   * also when the environment has been given up since.
   *
   * @param name The setting.
   * @returns Its value and source, or `undefined` if nobody set it and it has no default.
   */
  find(name: DefaultedSettingName): Setting;
  /** The same for a setting that may be unset. */
  find(name: SettingName): Setting | undefined;
  find(name: SettingName): Setting | undefined {
    if (!this.#found.has(name)) this.#found.set(name, this.#look(name));
    return this.#found.get(name);
  }

  #look(name: SettingName): Setting | undefined {
    const flag = this.#flags[name];
    if (flag !== undefined) {
      return { value: flag.value, source: { kind: "flag", option: flag.option } };
    }
    const variable = this.variable(name);
    if (variable) return { value: variable, source: { kind: "environment" } };
    for (const file of this.files) {
      const entry = file.entries.get(name);
      if (!entry?.value) continue;
      return { value: entry.value, source: { kind: "file", file, line: entry.line } };
    }
    const value = DEFAULTS[name];
    return value === undefined ? undefined : { value, source: { kind: "default" } };
  }
}

/**
 * Says where a setting is to be set so that it counts: what the environment says wins over the file.
 *
 * @param name The setting.
 * @param settings What the user has set.
 * @returns Words that fit behind «set».
 */
export function whereToSet(name: SettingName, settings: Settings): string {
  const source = settings.find(name)?.source;
  if (source?.kind === "environment") return `the environment variable ${name}`;
  if (settings.file === undefined) return name;
  const teams = source?.kind === "file" && source.file.isTeams
    ? `, which wins over ${source.file.shownPath}, line ${source.line}`
    : "";
  return `${name} in ${settings.file.shownPath}${teams}`;
}

/**
 * Makes the failure for a setting whose value is no good.
 *
 * @param name The setting.
 * @param setting Its value and source.
 * @param problem What is wrong, fitting behind «NAME is "value", which …».
 * @param hints What would be right.
 * @returns A failure that names the value and the place to correct it.
 */
export function settingFailure(
  name: SettingName,
  setting: Setting,
  problem: string,
  hints: readonly string[] = [],
): Failure {
  const { source, value } = setting;
  const written = source.kind === "flag" ? `--${source.option}` : name;
  const kind = source.kind === "flag" ? "usage" : "configuration";
  // Whatever else is wrong with such a value, it looks right on the screen.
  const hidden = invisibleCharacter(value);
  const [found, cures] = hidden === undefined
    ? [problem, hints]
    : [`has ${hidden} in it`, ["type the value again, as that character came with a copy"]];
  // An address that has lost its scheme may still have its password.
  const shown = name === "LITELLM_BASE_URL" ? withoutPassword(value) : value;
  return new Failure(kind, `${written} is ${quoted(shown)}, which ${found}`, [
    ...cures,
    ...placeToCorrect(name, source),
  ]);
}

/**
 * Refuses a value in which there is a character that nobody sees. Settings whose form is judged by
 * {@linkcode settingFailure} need not be given here.
 *
 * @param name The setting.
 * @param setting Its value and source, if it has any.
 * @returns The value.
 * @throws {Failure} That names the character by its code point.
 */
export function visibleValue(name: SettingName, setting: Setting): string;
/** The same for a setting that may be unset. */
export function visibleValue(name: SettingName, setting: Setting | undefined): string | undefined;
export function visibleValue(name: SettingName, setting: Setting | undefined): string | undefined {
  if (setting !== undefined && invisibleCharacter(setting.value) !== undefined) {
    throw settingFailure(name, setting, "");
  }
  return setting?.value;
}

function placeToCorrect(name: SettingName, source: Source): string[] {
  if (source.kind === "environment") return [`correct the environment variable ${name}`];
  if (source.kind !== "file") return [];
  const place = `correct line ${source.line} of ${source.file.shownPath}`;
  return [source.file.isTeams ? `${place}, or set ${name} in your own local.env` : place];
}

/**
 * What the settings mean: which secret, how it is reached, and how long it is kept.
 *
 * @module
 */

import { appendSettingCommand } from "./append_setting.ts";
import { formatDuration, parseDuration } from "../text/duration.ts";
import { Failure } from "../failure/failure.ts";
import { defaultCacheFolder } from "./locations.ts";
import { exportCommand, makeFolderCommand } from "../text/typed_commands.ts";
import { below, isAbsolute, isOnServer, WINDOWS } from "../files/paths.ts";
import { ON_SERVER } from "../failure/refusal_words.ts";
import { parseReference, type SecretReference } from "./secret_reference.ts";
import {
  type DefaultedSettingName,
  defaultOf,
  isSettingName,
  settingFailure,
  type Settings,
  visibleValue,
  whereToSet,
} from "./settings.ts";

/** How `op` proves to 1Password who asks. */
export type Authentication = "app" | "service account" | "Connect";

/** Who asks, as far as it decides what `op` sees. */
export interface Principal {
  /** How `op` authenticates. */
  readonly authentication: Authentication;
  /** What names the account without the app: the Connect server and its token, or the token. */
  readonly credential?: string;
  /** Where `op` is set up, if not at its usual place: there it knows other accounts. */
  readonly setUp?: string;
}

/** A secret, as far as it decides which value `op` returns. */
export interface Secret extends Principal {
  /** The account given to `op`, if any. */
  readonly account?: string;
  /** Where the secret lies. */
  readonly reference: SecretReference;
}

/** Where each setting that names the secret is to be set, in words that fit behind «set». */
export type WhereToSet = Readonly<Record<"OP_ITEM" | "OP_FIELD" | "OP_ACCOUNT", string>>;

/** How a key is got and kept, whichever it is. */
export interface KeyTerms {
  /** Absolute path of the cache folder, as configured; nothing where nothing is cached. */
  readonly cacheFolder: string | undefined;
  /** How long a cached key is used, in seconds; 0: the cache is neither read nor written. */
  readonly ttl: number;
  /** How much longer, in seconds, while 1Password cannot be reached. */
  readonly staleIfError: number;
  /** How old, in seconds, a key of whatever configuration may become before it is removed. */
  readonly lifetime: number;
  /** How long to wait for `op`, in seconds. */
  readonly timeout: number;
  /** The variable that receives the key. */
  readonly keyVariable: string;
  /** Variables of the user's environment that `op` is not to see. */
  readonly withheld: readonly string[];
  /** Where to correct what names the secret. */
  readonly whereToSet?: WhereToSet;
}

/** Everything that getting the key depends on. */
export interface Configuration extends KeyTerms {
  /** The key that everybody gets who has none of their own. */
  readonly secret: Secret;
  /** The project's own key, where such are to be looked for. */
  readonly projectSecret?: Secret;
}

/**
 * Turns settings into a configuration.
 *
 * @param settings What the user has set.
 * @param project The name of the current project, needed only where its own field counts.
 * @returns The configuration.
 * @throws {Failure} Of kind `configuration` or `usage` if something required is missing, or a
 * value is malformed.
 */
export function resolveConfiguration(settings: Settings, project?: string): Configuration {
  const reference = secretReference(settings);
  const account = visibleValue("OP_ACCOUNT", settings.find("OP_ACCOUNT"));
  const principal = principalOf(settings);
  const secret = secretFor(principal, reference, account);
  const fieldsCount = isOn("CLAUDE_KEY_PROJECT_FIELDS", settings);
  return {
    secret,
    ...(project !== undefined && project !== reference.field && fieldsCount && {
      projectSecret: { ...secret, reference: { ...reference, field: project } },
    }),
    ...resolveKeyTerms(settings, principal),
  };
}

/**
 * Finds out who asks.
 *
 * @param settings What the user has set.
 * @returns How `op` authenticates, and as whom.
 */
export function principalOf(settings: Settings): Principal {
  const authentication = authenticationOf(settings);
  if (authentication === "app") {
    const setUp = setUpOf(settings);
    return { authentication, ...(setUp !== undefined && { setUp }) };
  }
  const credential = CREDENTIALS[authentication].map((name) => settings.variable(name));
  return { authentication, credential: credential.join("\n") };
}

/**
 * `OP_CONFIG_DIR`, else `op` below `XDG_CONFIG_HOME` [1Password CLI: configuration directories].
 * `OP_SESSION_*` stays out: it is another one after each sign-in, to the same account.
 */
function setUpOf({ variable }: Settings): string | undefined {
  const xdg = variable("XDG_CONFIG_HOME");
  const folder = variable("OP_CONFIG_DIR") ||
    (xdg && xdg !== `${variable("HOME")}/.config` ? below(xdg, "op") : undefined);
  return folder && !isAbsolute(folder) ? below(Deno.cwd(), folder) : folder;
}

/**
 * Makes a secret.
 *
 * @param principal Who asks for it.
 * @param reference Where it lies.
 * @param account The account that is configured, if any; it counts with the app only.
 * @returns The secret.
 */
export function secretFor(
  principal: Principal,
  reference: SecretReference,
  account: string | undefined,
): Secret {
  const named = principal.authentication === "app" && account !== undefined;
  return { ...principal, reference, ...(named && { account }) };
}

/**
 * Turns the settings that do not tell which key it is into terms.
 *
 * @param settings What the user has set.
 * @param principal Who asks.
 * @returns How a key is got and kept.
 * @throws {Failure} Of kind `configuration` or `usage` if a value is malformed.
 */
export function resolveKeyTerms(
  settings: Settings,
  { authentication }: Principal = principalOf(settings),
): KeyTerms {
  const variable = keyVariableOrDefault(settings);
  const ttl = duration("CLAUDE_KEY_TTL", settings);
  const staleIfError = duration("CLAUDE_KEY_STALE_IF_ERROR", settings);
  return {
    cacheFolder: ttl === 0 ? undefined : cacheFolderOf(settings),
    ttl,
    staleIfError,
    lifetime: lifetimeOf(ttl, settings) + staleIfError,
    timeout: duration("CLAUDE_KEY_TIMEOUT", settings, 1, LONGEST_TIMEOUT),
    keyVariable: variable,
    withheld: withheldVariables(variable, authentication),
    whereToSet: whereToSetSecret(settings),
  };
}

/**
 * Finds where the settings that name the secret are to be corrected. Each place is put into words
 * only when a hint asks for it, which may be after the environment has been given up.
 *
 * @param settings What the user has set.
 * @returns The places; that of the field is `OP_ITEM` where this names the field.
 */
export function whereToSetSecret(settings: Settings): WhereToSet {
  const item = settings.find("OP_ITEM")?.value ?? "";
  // What has been found once is known for good; later the environment can no longer be read.
  settings.find("OP_FIELD");
  settings.find("OP_ACCOUNT");
  return {
    get OP_ITEM(): string {
      return whereToSet("OP_ITEM", settings);
    },
    get OP_FIELD(): string {
      // Only an item that names its field is a reference without another one.
      const isWhole = typeof parseReference(item, "") !== "string";
      return whereToSet(isWhole ? "OP_ITEM" : "OP_FIELD", settings);
    },
    get OP_ACCOUNT(): string {
      return whereToSet("OP_ACCOUNT", settings);
    },
  };
}

/**
 * Reads a setting that is `0` or `1`.
 *
 * @param name The setting.
 * @param settings What the user has set.
 * @returns Whether it is `1`.
 * @throws {Failure} Of kind `configuration` if it is anything else.
 */
export function isOn(
  name: "CLAUDE_DEBUG" | "CLAUDE_KEY_PROJECT_FIELDS" | "CLAUDE_KEY_REPO_HEADER",
  settings: Settings,
): boolean {
  const setting = settings.find(name);
  if (setting.value === "1") return true;
  if (setting.value === "0") return false;
  throw settingFailure(name, setting, "is neither 0 nor 1");
}

/** Where clients look for the key. */
const CLIENT_VARIABLES: readonly string[] = ["ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_API_KEY"];

/**
 * Lists the variables that `op` is not to see: those that may hold the key already, from an earlier
 * evaluation, and the account where a token says which one it is.
 *
 * @param keyVariable The variable that receives the key.
 * @param authentication How `op` authenticates.
 * @returns Their names, each once.
 */
export function withheldVariables(keyVariable: string, authentication: Authentication): string[] {
  const account = authentication === "app" ? [] : ["OP_ACCOUNT"];
  return Array.from(new Set([...CLIENT_VARIABLES, keyVariable, ...account]));
}

const CREDENTIALS = {
  "Connect": ["OP_CONNECT_HOST", "OP_CONNECT_TOKEN"],
  "service account": ["OP_SERVICE_ACCOUNT_TOKEN"],
} as const;

function secretReference(settings: Settings): SecretReference {
  const item = settings.find("OP_ITEM");
  if (item === undefined) throw nothingConfigured(settings);
  const field = settings.find("OP_FIELD");
  const reference = parseReference(item.value, field.value);
  if (typeof reference !== "string") {
    visibleValue("OP_ITEM", item);
    if (reference.field === field.value) visibleValue("OP_FIELD", field);
    return reference;
  }
  const named = parseReference(item.value, "field");
  if (typeof named !== "string") throw settingFailure("OP_FIELD", field, reference, [USE_THE_ID]);
  throw settingFailure("OP_ITEM", item, reference, [
    "write op://Vault/Item or op://Vault/Item/Field",
    ...(reference.includes("character") ? [USE_THE_ID] : []),
  ]);
}

const USE_THE_ID =
  "names with other characters than letters, digits, space and -_. are given by their ID: op item list";

function nothingConfigured(settings: Settings): Failure {
  const file = settings.file?.shownPath;
  if (file === undefined) {
    const { problem, cure } = settings.fileProblem ?? {};
    return new Failure(
      "configuration",
      `OP_ITEM is not set, and there is no configuration file: ${problem}`,
      [
        ...(cure === undefined ? [] : [cure]),
        `or set it in this shell: ${exportCommand("OP_ITEM", "op://Vault/Item")}`,
      ],
    );
  }
  return new Failure("configuration", "OP_ITEM is not set, so there is no secret to read", [
    "answer a few questions, claude-key setup, or type these lines:",
    makeFolderCommand(file.replace(/[/\\][^/\\]*$/, "")),
    appendSettingCommand("OP_ITEM", "op://Vault/Item", file),
    appendSettingCommand("LITELLM_BASE_URL", "https://litellm.example.com", file),
  ]);
}

/**
 * Tells how `op` will authenticate. Connect wins over a service account [1Password CLI: environment
 * variables].
 *
 * @param settings What the user has set.
 * @returns The way.
 */
export function authenticationOf(settings: Settings): Authentication {
  const { variable } = settings;
  if (variable("OP_CONNECT_HOST") && variable("OP_CONNECT_TOKEN")) return "Connect";
  return variable("OP_SERVICE_ACCOUNT_TOKEN") ? "service account" : "app";
}

/**
 * Finds the cache folder.
 *
 * @param settings What the user has set.
 * @returns Its absolute path, as configured; it need not exist.
 * @throws {Failure} Of kind `configuration` if it cannot be told, or is not absolute.
 */
export function cacheFolderOf(settings: Settings): string {
  const setting = settings.find("CLAUDE_KEY_CACHE_DIR");
  if (setting !== undefined) {
    const folder = visibleValue("CLAUDE_KEY_CACHE_DIR", setting);
    if (isAbsolute(folder)) return folder;
    const [problem, cure] = isOnServer(folder)
      ? [ON_SERVER, "write a folder on a local disk"]
      : ["is not an absolute path", WHOLE_PATH];
    throw settingFailure("CLAUDE_KEY_CACHE_DIR", setting, problem, [cure]);
  }
  const location = defaultCacheFolder(Deno.build.os, settings.variable);
  if ("path" in location) return location.path;
  throw new Failure("configuration", `${location.problem}, so there is no place for the cache`, [
    "set CLAUDE_KEY_CACHE_DIR to an absolute path",
  ]);
}

const WHOLE_PATH = WINDOWS
  ? "write the whole path with its drive, as in C:\\Users; %USERPROFILE% is not expanded"
  : "write the whole path; ~ and $HOME are not expanded";

/** What clients read a key from. */
const FOR_KEYS = /^(?:(?:ANTHROPIC|CLAUDE)_\w+|\w*_(?:KEY|TOKEN))$/i;

/** What looks like it, and is read for something else by clients, `op`, claude-key or the system. */
const NOT_FOR_KEYS =
  /^(?:ANTHROPIC_(?:BASE_URL|CUSTOM_HEADERS)|CLAUDE_(?:KEY_.*|.*(?:SHELL|PATH|DIR|FILE).*)|(?:OP|LD|DYLD|GIT|NPM_CONFIG)_.*)$/i;

/**
 * Names the variable that receives the key.
 *
 * @param settings What the user has set.
 * @returns Its name.
 * @throws {Failure} Of kind `configuration` or `usage` if it is none for a key.
 */
export function keyVariableOf(settings: Settings): string {
  const setting = settings.find("CLAUDE_KEY_VAR");
  const { source, value } = setting;
  if (source.kind === "default") return value;
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(value)) {
    throw settingFailure("CLAUDE_KEY_VAR", setting, "is not the name of a variable", [
      "write letters, digits and _, a letter first",
    ]);
  }
  if (FOR_KEYS.test(value) && !NOT_FOR_KEYS.test(value) && !isSettingName(value)) return value;
  throw settingFailure("CLAUDE_KEY_VAR", setting, "is no variable for a key", [
    "write ANTHROPIC_AUTH_TOKEN, or what your client reads its key from: ANTHROPIC_…, CLAUDE_…, …_KEY or …_TOKEN",
  ]);
}

/** What `get` has no use for is not worth a failure there. */
function keyVariableOrDefault(settings: Settings): string {
  try {
    return keyVariableOf(settings);
  } catch {
    return defaultOf("CLAUDE_KEY_VAR");
  }
}

/** A TTL for one run alone takes nothing from the keys of others. */
function lifetimeOf(ttl: number, settings: Settings): number {
  if (settings.find("CLAUDE_KEY_TTL").source.kind !== "flag") return ttl;
  return Math.max(ttl, parseDuration(defaultOf("CLAUDE_KEY_TTL")) ?? 0);
}

/** In seconds. Longer than 24 d is more than a timer can measure [HTML Standard: timers]. */
const LONGEST_TIMEOUT = 86_400;

function duration(
  name: DefaultedSettingName,
  settings: Settings,
  least = 0,
  most = Infinity,
): number {
  const setting = settings.find(name);
  const seconds = parseDuration(setting.value);
  if (seconds === undefined) {
    throw settingFailure(name, setting, "is not a duration", [
      "write 90s, 30m, 12h, 1d or whole seconds",
    ]);
  }
  if (seconds < least) throw settingFailure(name, setting, `is less than ${least} s`);
  if (seconds > most) throw settingFailure(name, setting, `is more than ${formatDuration(most)}`);
  return seconds;
}

/**
 * Reads everything that `doctor` needs and that lies outside of the cache folder, before it
 * confines itself. Whatever is wrong becomes part of the situation.
 *
 * @module
 */

import { lookAtHelper, ownWords } from "../claude_code/own_helper.ts";
import {
  GATEWAY,
  HELPER,
  RIVAL_VARIABLES,
  rivalsOf,
  shellPlace,
  type VariablePlace,
} from "../claude_code/precedence.ts";
import {
  fileOfGateway,
  fileOfHelper,
  readClaudeSettings,
  settingsPlaces,
  unreadableSettings,
} from "../claude_code/settings_files.ts";
import type { Invocation } from "../command_line/arguments.ts";
import {
  type Authentication,
  authenticationOf,
  cacheFolderOf,
  type Configuration,
  type WhereToSet,
  whereToSetSecret,
  withheldVariables,
} from "../configuration/configuration.ts";
import { idleLines } from "../configuration/idle_lines.ts";
import { exportedVariables } from "../configuration/exported_variables.ts";
import { defaultCacheFolder, shownPath } from "../configuration/locations.ts";
import { originRows, settingOrigins } from "../configuration/setting_origins.ts";
import { defaultOf, type SettingName, Settings } from "../configuration/settings.ts";
import { textVariable } from "../configuration/user_settings.ts";
import { isWithin, parentOf, WINDOWS } from "../files/paths.ts";
import { type ResolvedFolder, resolveFolder } from "../files/resolve_folder.ts";
import { readSettings, resolveSession, startDebugging } from "../key/session.ts";
import { pathWord } from "../text/shell_word.ts";
import { table } from "../text/table.ts";
import { unsetCommand } from "../text/typed_commands.ts";
import { standingAt } from "./cache_place.ts";
import type { CacheTerms } from "./check_cache.ts";
import type { ClaudeSettingsFacts } from "./check_claude_settings.ts";
import type { ConfigurationFacts } from "./check_configuration.ts";
import { type EnvironmentFacts, OP_VARIABLES } from "./check_environment.ts";
import type { GatewayAddress, GatewayFacts } from "./check_gateway.ts";
import { byHand, type Cure, typed } from "./finding.ts";
import { type AddSetting, settingCures } from "./setting_cure.ts";
import { type Outcome, outcomeOf, settled } from "./outcome.ts";

/** A place to keep keys. */
export interface ExaminedFolder {
  /** Its path, without symbolic links. */
  readonly folder: ResolvedFolder;
  /** What decides how it is mended. */
  readonly terms: CacheTerms;
}

/** What `doctor` knows before it looks at the cache folder or runs `op`. */
export interface DoctorSituation {
  /** What the settings mean, or what is wrong with them. */
  readonly configuration: Outcome<Configuration>;
  /** For the check of it. */
  readonly configurationFacts: ConfigurationFacts;
  /** For the check of the gateway. */
  readonly gateway: GatewayFacts;
  /** For the check of the environment. */
  readonly environment: EnvironmentFacts;
  /** For the check of Claude Code's settings. */
  readonly claudeSettings: ClaudeSettingsFacts;
  /** How `op` authenticates. */
  readonly authentication: Authentication;
  /** `OP_ACCOUNT`, if it is set. */
  readonly account: string | undefined;
  /** Variables of the user's environment that `op` is not to see. */
  readonly withheld: readonly string[];
  /** Where to correct what names the secret. */
  readonly whereToSet: WhereToSet;
  /** Where keys are kept, if the configuration tells. */
  readonly cache?: ExaminedFolder;
}

async function sessionOf(settings: Settings): ReturnType<typeof resolveSession> {
  startDebugging(settings);
  return await resolveSession(settings, true);
}

/**
 * Reads the situation.
 *
 * @param invocation The command line.
 * @returns What there is to know.
 */
export async function readSituation(invocation: Invocation): Promise<DoctorSituation> {
  const read = outcomeOf(() => readSettings(invocation));
  // A variable that is no text is reported with the configuration.
  const settings = new Settings({}, textVariable, fileOf(read), teamFileOf(read));
  const session = "failure" in read ? read : await settled(sessionOf(read.value));
  const project = "value" in session ? session.value.project : undefined;
  const configuration = "value" in session ? { value: session.value.configuration } : session;
  const keyVariable = "value" in configuration
    ? configuration.value.keyVariable
    : defaultOf("CLAUDE_KEY_VAR");
  const cacheFolder = outcomeOf(() => cacheFolderOf(settings));
  const found = {
    ...("value" in cacheFolder && { CLAUDE_KEY_CACHE_DIR: cacheFolder.value }),
    ...(project && { CLAUDE_PROJECT: project.name }),
  };
  const account = settings.find("OP_ACCOUNT")?.value;
  const authentication = authenticationOf(settings);
  const exported = "failure" in read
    ? undefined
    : await settled(exportedVariables(settings, project));
  const addSetting = addingTo(settings);
  const client = readClient(settings, keyVariable);
  return {
    configuration,
    configurationFacts: {
      configuration,
      wantsSetup: settings.file !== undefined && settings.find("OP_ITEM") === undefined,
      origins: "failure" in read ? [] : originsOf(settings, found),
      files: settings.files,
      idle: idleLines(settings, keyVariable),
    },
    gateway: {
      exported,
      addresses: addressesOf(settings),
      isAsked: client.way === HELPER,
      inSettings: fileOfGateway(client.files)?.shown,
      addSetting,
    },
    environment: {
      set: new Set(OP_VARIABLES.filter(isSet)),
      accountIsSet: account !== undefined,
      way: client.way,
      rivals: client.rivals,
    },
    claudeSettings: {
      ...client,
      unreadable: unreadableSettings(),
      keyVariable: RIVAL_VARIABLES.includes(keyVariable) ? keyVariable : undefined,
      gateway: exported !== undefined && "value" in exported
        ? exported.value.get(GATEWAY)
        : undefined,
    },
    authentication,
    withheld: withheldVariables(keyVariable, authentication),
    account,
    whereToSet: whereToSetSecret(settings),
    ...("value" in cacheFolder &&
      { cache: examinedFolder(settings, cacheFolder.value, addSetting) }),
  };
}

function fileOf(read: Outcome<Settings>): ConstructorParameters<typeof Settings>[2] {
  return "value" in read && read.value.file || { problem: "see the configuration", cure: "" };
}

/** Whether a variable is set in the shell, to anything but nothing. */
function isSet(name: string): boolean {
  try {
    return Boolean(Deno.env.get(name));
  } catch (error) {
    return error instanceof Deno.errors.InvalidData;
  }
}

function examinedFolder(
  settings: Settings,
  cacheFolder: string,
  addSetting: AddSetting,
): ExaminedFolder {
  const folder = resolveFolder(cacheFolder);
  const uid = Deno.uid();
  const show = (path: string): string => shownPath(path, textVariable);
  const named = textVariable(WINDOWS ? "USERPROFILE" : "HOME");
  const home = named ? resolveFolder(named) : undefined;
  return {
    folder,
    terms: {
      shown: show(cacheFolder),
      isDefault: settings.find("CLAUDE_KEY_CACHE_DIR") === undefined,
      standing: standingAt(folder, home, show),
      isInProfile: home !== undefined && isWithin(folder, home),
      elsewhere: elsewhere(settings, addSetting, uid),
      uid,
    },
  };
}

function teamFileOf(read: Outcome<Settings>): Settings["teamFile"] {
  return "value" in read ? read.value.teamFile : undefined;
}

function addingTo({ file }: Settings): AddSetting {
  return settingCures(file?.shownPath, file !== undefined && isFolder(parentOf(file.path)));
}

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}

/** The ordinary folder, where another one is named. */
function elsewhere(settings: Settings, addSetting: AddSetting, uid: number | null): Cure {
  const setting = settings.find("CLAUDE_KEY_CACHE_DIR");
  const ordinary = defaultCacheFolder(Deno.build.os, textVariable);
  const isFit = "path" in ordinary && ordinary.path !== setting?.value &&
    isOwn(ordinary.path, uid);
  if (setting === undefined || !isFit) {
    return byHand("set CLAUDE_KEY_CACHE_DIR to a folder of your own on a local disk");
  }
  return setting.source.kind === "environment"
    ? typed(unsetCommand(["CLAUDE_KEY_CACHE_DIR"]))
    : addSetting("CLAUDE_KEY_CACHE_DIR", ordinary.path);
}

/** Whether a folder is this user's, or is not there yet. */
function isOwn(path: string, uid: number | null): boolean {
  try {
    return uid === null || Deno.statSync(path).uid === uid;
  } catch {
    return true;
  }
}

function originsOf(settings: Settings, found: Partial<Record<SettingName, string>>): string[] {
  const rows = originRows(settingOrigins(settings, found), textVariable);
  return table(rows).trimEnd().split("\n");
}

function linesOf({ files }: Settings): Map<string, string> {
  return new Map(
    files.toReversed().flatMap(({ shownPath, entries }) =>
      Array.from(
        entries,
        ([name, { line }]) => [name, `${pathWord(shownPath)}, line ${line}`] as const,
      )
    ),
  );
}

/** Where the gateway is said to be, what counts first. */
function addressesOf(settings: Settings): GatewayAddress[] {
  const own = settings.find("LITELLM_BASE_URL");
  const inShell = textVariable(GATEWAY);
  const line = settings.files.map(({ entries }) => entries.get(GATEWAY)?.value).find(Boolean);
  const all: GatewayAddress[] = [];
  if (own !== undefined) {
    const isInShell = own.source.kind === "environment";
    all.push({ name: "LITELLM_BASE_URL", value: own.value, isInShell });
  }
  if (inShell) all.push({ name: GATEWAY, value: inShell, isInShell: true });
  if (line && all.length === 0) all.push({ name: GATEWAY, value: line, isInShell: false });
  return all;
}

/** What of Claude Code's matters to the key. */
interface Client extends Pick<ClaudeSettingsFacts, "files" | "helper" | "rivals"> {
  /** How the key comes to it. */
  readonly way: string;
}

function readClient(settings: Settings, keyVariable: string): Client {
  const files = readClaudeSettings(textVariable, ownWords());
  const form = fileOfHelper(files)?.settings?.helper;
  const isOurs = form?.kind === "claude-key";
  const way = isOurs ? HELPER : keyVariable;
  return {
    files,
    way,
    helper: isOurs ? lookAtHelper(form, textVariable) : undefined,
    rivals: rivalsOf(way, placesOf(files, settings)),
  };
}

function placesOf(files: Client["files"], settings: Settings): VariablePlace[] {
  const inShell = RIVAL_VARIABLES.filter(isSet);
  const entries = settings.files.toReversed().flatMap(({ entries }) => Array.from(entries));
  const handedOn = entries.filter(([name]) => !inShell.includes(name));
  return [
    ...settingsPlaces(files),
    shellPlace(inShell, textVariable),
    {
      kind: "local.env",
      shown: settings.file?.shownPath ?? "",
      variables: new Map(handedOn.map(([name, { value }]) => [name, value])),
      lines: linesOf(settings),
    },
  ];
}

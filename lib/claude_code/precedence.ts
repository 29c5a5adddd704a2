/**
 * What Claude Code takes its key from, and what wins over what.
 *
 * @module
 */

import type { VariableLookup } from "../configuration/locations.ts";

/** The setting that names a program which prints the key. */
export const HELPER = "apiKeyHelper";

/** The variable from which Claude Code has the address of the gateway. */
export const GATEWAY = "ANTHROPIC_BASE_URL";

/** Each sends Claude Code to a cloud provider, where no key of a gateway is used. */
const CLOUD_PROVIDERS = [
  "CLAUDE_CODE_USE_ANTHROPIC_AWS",
  "CLAUDE_CODE_USE_BEDROCK",
  "CLAUDE_CODE_USE_FOUNDRY",
  "CLAUDE_CODE_USE_MANTLE",
  "CLAUDE_CODE_USE_VERTEX",
] as const;

/**
 * The order in which Claude Code looks, the first that is there wins: cloud providers, the two
 * variables, the helper, and behind it a token for scripts and the login of `/login`, which never
 * stand in the way [Claude Code docs: authentication, authentication precedence].
 */
const PRECEDENCE: readonly string[] = [
  ...CLOUD_PROVIDERS,
  "ANTHROPIC_AUTH_TOKEN",
  "ANTHROPIC_API_KEY",
  HELPER,
  "CLAUDE_CODE_OAUTH_TOKEN",
];

/** The variables that may win over a key. */
export const RIVAL_VARIABLES: readonly string[] = PRECEDENCE.slice(0, PRECEDENCE.indexOf(HELPER));

/** Somewhere that variables are set for Claude Code. */
export interface VariablePlace {
  /** An `env` of Claude Code's settings wins over the shell, and that over what claude-key hands on. */
  readonly kind: "settings file" | "shell" | "local.env";
  /** Where, for people; of `local.env` only its lines are named, see {@linkcode lines}. */
  readonly shown: string;
  /** The variables with their values, as far as those are needed. */
  readonly variables: ReadonlyMap<string, string>;
  /** Whether an administrator decides what is in it. */
  readonly isManaged?: boolean;
  /** Where each variable is set, where that is told line by line. */
  readonly lines?: ReadonlyMap<string, string>;
}

/**
 * Describes the shell as a place.
 *
 * @param names The variables that are set there.
 * @param variable Looks them up.
 * @returns The place; what is no text counts as switched on.
 */
export function shellPlace(names: readonly string[], variable: VariableLookup): VariablePlace {
  const variables = new Map(names.map((name) => [name, variable(name) ?? "1"]));
  return { kind: "shell", shown: "this shell", variables };
}

/** Something that Claude Code uses in the place of a key, or beside it. */
export interface Rival {
  /** The variable. */
  readonly name: string;
  /** Where it is set. */
  readonly place: VariablePlace;
  /** Whether it wins; if not, it is sent beside the key. */
  readonly wins: boolean;
}

/**
 * Finds what stands in the way of a key.
 *
 * @param way How the key comes to Claude Code: {@linkcode HELPER}, or the variable that receives it.
 * @param places Where variables are set, those that win first.
 * @returns The rivals, the strongest first. A variable that Claude Code does not read has none but
 * itself, in a settings file.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const shell = { kind: "shell", shown: "", variables: new Map([["ANTHROPIC_API_KEY", "x"]]) } as const;
 * assertEquals(rivalsOf("apiKeyHelper", [shell]).map(({ wins }) => wins), [true]);
 * assertEquals(rivalsOf("ANTHROPIC_AUTH_TOKEN", [shell]).map(({ wins }) => wins), [false]);
 * assertEquals(rivalsOf("ANTHROPIC_API_KEY", [shell]), []);
 * assertEquals(rivalsOf("CLAUDE_FOO", [shell]), []);
 * ```
 */
export function rivalsOf(way: string, places: readonly VariablePlace[]): Rival[] {
  const rank = PRECEDENCE.indexOf(way);
  const names = rank < 0 ? [way] : Array.from(new Set([...RIVAL_VARIABLES, way]));
  return names.flatMap((name) => {
    const wins = PRECEDENCE.indexOf(name) <= rank;
    return placesOf(name, places)
      // In the shell it is what claude-key has put there.
      .filter(({ kind }) => name !== way || kind === "settings file")
      .map((place) => ({ name, place, wins }));
  });
}

/** Claude Code takes these for no [Claude Code: environment variables]; a key is never one of them. */
const OFF = /^(?:0|false|no|off|)$/i;

/** The places where a variable is in force: one that is off in a settings file is off in the shell. */
function placesOf(name: string, places: readonly VariablePlace[]): VariablePlace[] {
  const found: VariablePlace[] = [];
  for (const place of places) {
    const value = place.variables.get(name);
    if (value === undefined) continue;
    if (!isSwitch(name)) found.push(place);
    else if (OFF.test(value)) return found;
    else found.push(place);
  }
  return found;
}

function isSwitch(name: string): boolean {
  return CLOUD_PROVIDERS.some((provider) => provider === name);
}

/**
 * Whether the value of a variable matters, and not only that there is one.
 *
 * @param name The variable.
 * @returns Whether it does; such a value is no secret, but for the password in an address.
 */
export function isTelling(name: string): boolean {
  return isSwitch(name) || name === GATEWAY;
}

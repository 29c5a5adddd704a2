/**
 * Do variables of the shell contradict each other?
 *
 * @module
 */

import { nearest } from "../text/near_miss.ts";
import { SETTING_NAMES } from "../configuration/settings.ts";
import { type Finding, ok, warning } from "./finding.ts";
import { unsetCommand } from "../text/typed_commands.ts";

const check = "environment";

/** The variables that the check looks at, beside the one that receives the key. */
export const TELLING_VARIABLES = [
  "ANTHROPIC_API_KEY",
  "ANTHROPIC_AUTH_TOKEN",
  "CLAUDE_CODE_USE_BEDROCK",
  "CLAUDE_CODE_USE_FOUNDRY",
  "CLAUDE_CODE_USE_VERTEX",
  "OP_CONNECT_HOST",
  "OP_CONNECT_TOKEN",
  "OP_SERVICE_ACCOUNT_TOKEN",
] as const;

/** A cloud provider wins over every key [Claude Code docs: authentication precedence]. */
const CLOUD_PROVIDERS = TELLING_VARIABLES.filter((name) => name.startsWith("CLAUDE_CODE_USE_"));

/** What the check goes by. */
export interface EnvironmentFacts {
  /** Which of {@linkcode TELLING_VARIABLES} are set in the shell. */
  readonly set: ReadonlySet<string>;
  /** Lines of `local.env` by the name that they set, written `FILE, line N`. */
  readonly lines: ReadonlyMap<string, string>;
  /** Whether `OP_ACCOUNT` is set, anywhere. */
  readonly accountIsSet: boolean;
  /** The variable that receives the key. */
  readonly keyVariable: string;
}

/**
 * Looks for contradictions, and for settings that do not exist.
 *
 * @param facts What is known.
 * @returns A finding for each, or one that there are none.
 */
export function checkEnvironment(facts: EnvironmentFacts): Finding[] {
  const findings = [...misspelt(facts), ...clientConflicts(facts), ...opConflicts(facts)];
  if (findings.length > 0) return findings;
  return [ok(check, "no variables get in each other's way")];
}

/**
 * Looks for sessions of `op` that have expired.
 *
 * @param sessions The `OP_SESSION_*` variables that are set for known accounts.
 * @param signedIn Whether `op` says that it is signed in.
 * @returns A finding for each that has.
 */
export function checkSessions(
  sessions: readonly string[],
  signedIn: boolean,
): Finding[] {
  if (signedIn) return [];
  return sessions.map((name) =>
    warning(check, `${name} is set, but its session has expired`, unsetCommand([name]))
  );
}

/** Nobody else has use for these names; other lines may be meant for other programs. */
function misspelt({ lines }: EnvironmentFacts): Finding[] {
  const known: readonly string[] = SETTING_NAMES;
  return Array.from(lines)
    .filter(([name]) => name.startsWith("CLAUDE_KEY_") && !known.includes(name))
    .map(([name, line]) => {
      const near = nearest(name, known);
      const fix = near === undefined ? `remove it from ${line}` : `write ${near} in ${line}`;
      return warning(check, `${name} is no setting of claude-key`, fix);
    });
}

function clientConflicts({ set, lines, keyVariable }: EnvironmentFacts): Finding[] {
  const findings: Finding[] = [];
  for (const name of ["ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"]) {
    if (name === keyVariable) continue;
    const wins = name === "ANTHROPIC_AUTH_TOKEN" ? ", which wins" : "";
    const message = `${name} is set beside ${keyVariable}${wins}`;
    const line = lines.get(name);
    if (set.has(name)) findings.push(warning(check, message, unsetCommand([name])));
    else if (line !== undefined) findings.push(warning(check, message, `remove it from ${line}`));
  }
  for (const name of CLOUD_PROVIDERS) {
    if (!set.has(name)) continue;
    findings.push(warning(check, `${name} wins over every key`, unsetCommand([name])));
  }
  return findings;
}

function opConflicts({ set, accountIsSet }: EnvironmentFacts): Finding[] {
  const connect = ["OP_CONNECT_HOST", "OP_CONNECT_TOKEN"];
  const present = connect.filter((name) => set.has(name));
  const service = "OP_SERVICE_ACCOUNT_TOKEN";
  const findings: Finding[] = [];
  if (present.length === 1) {
    const missing = connect.filter((name) => !set.has(name));
    findings.push(
      warning(check, `${present[0]} does nothing without ${missing[0]}`, unsetCommand(present)),
    );
  }
  if (present.length === 2 && set.has(service)) {
    findings.push(warning(check, `Connect wins over ${service}`, unsetCommand([service])));
  }
  if (accountIsSet && present.length === 2) {
    findings.push(warning(check, "OP_ACCOUNT does nothing beside Connect", unsetCommand(connect)));
  } else if (accountIsSet && set.has(service)) {
    findings.push(
      warning(check, `OP_ACCOUNT does nothing beside ${service}`, unsetCommand([service])),
    );
  }
  return findings;
}

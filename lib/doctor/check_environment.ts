/**
 * Do variables of the shell contradict each other?
 *
 * @module
 */

import { HELPER, type Rival } from "../claude_code/precedence.ts";
import { unsetCommand } from "../text/typed_commands.ts";
import { byHand, type Cure, type Finding, ok, typed, warning } from "./finding.ts";

const check = "environment";

/** The variables of `op` that the check looks at. */
export const OP_VARIABLES = [
  "OP_CONNECT_HOST",
  "OP_CONNECT_TOKEN",
  "OP_SERVICE_ACCOUNT_TOKEN",
] as const;

/** What the check goes by. */
export interface EnvironmentFacts {
  /** Which of {@linkcode OP_VARIABLES} are set in the shell. */
  readonly set: ReadonlySet<string>;
  /** Whether `OP_ACCOUNT` is set, anywhere. */
  readonly accountIsSet: boolean;
  /** How the key comes to Claude Code: its helper, or the variable that receives it. */
  readonly way: string;
  /** What stands in the way of the key. */
  readonly rivals: readonly Rival[];
}

/**
 * Looks for contradictions.
 *
 * @param facts What is known.
 * @returns A finding for each, or one that there are none.
 */
export function checkEnvironment(facts: EnvironmentFacts): Finding[] {
  const findings = [...clientConflicts(facts), ...opConflicts(facts)];
  return findings.length > 0 ? findings : [ok(check, "no variables get in each other's way")];
}

function clientConflicts({ way, rivals }: EnvironmentFacts): Finding[] {
  return rivals.filter(({ place }) => place.kind !== "settings file")
    .map((rival) => warning(check, conflictWords(rival, way), removal(rival)));
}

function conflictWords({ name, wins }: Rival, way: string): string {
  if (name.startsWith("CLAUDE_CODE_USE_")) return `${name} wins over every key`;
  if (way === HELPER) return `${name} switches ${HELPER} off`;
  return `${name} is set beside ${way}${wins ? ", which wins" : ""}`;
}

function removal({ name, place }: Rival): Cure {
  return place.kind === "shell"
    ? typed(unsetCommand([name]))
    : byHand(`remove it from ${place.lines?.get(name) ?? place.shown}`);
}

function opConflicts({ set, accountIsSet }: EnvironmentFacts): Finding[] {
  const connect = ["OP_CONNECT_HOST", "OP_CONNECT_TOKEN"];
  const present = connect.filter((name) => set.has(name));
  const service = "OP_SERVICE_ACCOUNT_TOKEN";
  const found = (message: string, names: readonly string[]): Finding =>
    warning(check, message, typed(unsetCommand(names)));
  const findings: Finding[] = [];
  if (present.length === 1) {
    const missing = connect.filter((name) => !set.has(name));
    findings.push(found(`${present[0]} does nothing without ${missing[0]}`, present));
  }
  if (present.length === 2 && set.has(service)) {
    findings.push(found(`Connect wins over ${service}`, [service]));
  }
  if (accountIsSet && present.length === 2) {
    findings.push(found("OP_ACCOUNT does nothing beside Connect", connect));
  } else if (accountIsSet && set.has(service)) {
    findings.push(found(`OP_ACCOUNT does nothing beside ${service}`, [service]));
  }
  return findings;
}

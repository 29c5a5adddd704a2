/**
 * Is Claude Code sent to the gateway?
 *
 * @module
 */

import { faultOfAddress } from "../claude_code/gateway_address.ts";
import { GATEWAY, HELPER } from "../claude_code/precedence.ts";
import { exportCommand } from "../text/typed_commands.ts";
import { withoutPassword } from "../text/without_password.ts";
import {
  byHand,
  type Cure,
  type Finding,
  ok,
  problem,
  problemOf,
  skipped,
  typed,
  warning,
} from "./finding.ts";
import type { AddSetting } from "./setting_cure.ts";
import type { Outcome } from "./outcome.ts";

const check = "gateway";

/** An address of the gateway, and what it is set by. */
export interface GatewayAddress {
  /** The variable. */
  readonly name: "ANTHROPIC_BASE_URL" | "LITELLM_BASE_URL";
  /** Its value, not to be shown before its password is gone. */
  readonly value: string;
  /** Whether it is set in the shell; if not, in a configuration file. */
  readonly isInShell: boolean;
}

/** What the check of the gateway goes by. */
export interface GatewayFacts {
  /** What `env` prints beside the key, or why it cannot; nothing if `local.env` is broken. */
  readonly exported: Outcome<ReadonlyMap<string, string>> | undefined;
  /** Where addresses are set, the first wins. */
  readonly addresses: readonly GatewayAddress[];
  /** Whether Claude Code asks claude-key by itself, so that nothing is handed on to it. */
  readonly isAsked: boolean;
  /** The settings file of Claude Code that has an address, for people, if there is one. */
  readonly inSettings: string | undefined;
  /** How a setting is added. */
  readonly addSetting: AddSetting;
}

/**
 * Checks that Claude Code is sent to the gateway.
 *
 * @param facts What is known.
 * @returns The finding.
 */
export function checkGateway(facts: GatewayFacts): Finding {
  const { exported, addresses, isAsked, inSettings, addSetting } = facts;
  if (exported === undefined) return skipped(check, "the configuration cannot be read");
  for (const address of addresses) {
    const fault = faultOfAddress(address.value);
    if (fault === undefined) continue;
    return problem(
      check,
      `${address.name} ${fault.problem}`,
      cureOf(address, addSetting, fault.better),
    );
  }
  if ("failure" in exported) return problemOf(check, exported.failure);
  if (isAsked) return checkOfHelper(facts);
  const [address] = addresses;
  if (address !== undefined) return ok(check, withoutPassword(address.value));
  if (inSettings !== undefined) return ok(check, `the one in ${inSettings}`);
  return warning(
    check,
    "LITELLM_BASE_URL is not set, so that Claude Code talks to Anthropic instead",
    addSetting("LITELLM_BASE_URL", EXAMPLE),
  );
}

const EXAMPLE = "https://litellm.example.com";

/** What claude-key hands on does not reach a Claude Code that only runs the helper. */
function checkOfHelper({ addresses, inSettings }: GatewayFacts): Finding {
  if (inSettings !== undefined) return ok(check, `the one in ${inSettings}`);
  const inShell = addresses.find(({ name, isInShell }) => name === GATEWAY && isInShell);
  if (inShell !== undefined) return ok(check, withoutPassword(inShell.value));
  const [address] = addresses;
  // Nobody types this, but what somebody does type must not do what an address says.
  const isPlain = address !== undefined && /^[\w:/.-]+$/.test(address.value);
  const written = isPlain ? address.value : EXAMPLE;
  return warning(
    check,
    `Claude Code has the key by ${HELPER} and is not told of the gateway`,
    byHand(`add "env": {"${GATEWAY}": ${JSON.stringify(written)}} to its settings`),
  );
}

function cureOf(
  { name, isInShell }: GatewayAddress,
  addSetting: AddSetting,
  better?: string,
): Cure {
  if (better === undefined) return byHand(`write ${name} whole, as in ${EXAMPLE}`);
  return isInShell ? typed(exportCommand(name, better)) : addSetting(name, better);
}

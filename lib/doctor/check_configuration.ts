/**
 * Is it said which secret is the key, and where the gateway is?
 *
 * @module
 */

import type { Configuration } from "../configuration/configuration.ts";
import { formatReference } from "../configuration/secret_reference.ts";
import { withoutPassword } from "../text/without_password.ts";
import { type Finding, ok, problemOf, skipped, warning } from "./finding.ts";
import type { Outcome } from "./outcome.ts";
import { appendSettingCommand } from "../configuration/append_setting.ts";

/** What the check of the configuration goes by. */
export interface ConfigurationFacts {
  /** What the settings mean, or what is wrong with them. */
  readonly configuration: Outcome<Configuration>;
  /** Whether anything names the item at all. */
  readonly itemIsSet: boolean;
  /** Where each setting comes from, a line each. */
  readonly origins: readonly string[];
}

/**
 * Checks that the configuration is complete.
 *
 * @param facts What is known.
 * @returns The finding, with the origin of each setting.
 */
export function checkConfiguration(facts: ConfigurationFacts): Finding {
  const { configuration, itemIsSet, origins: details } = facts;
  if ("value" in configuration) {
    const { secret, projectSecret } = configuration.value;
    const common = formatReference(secret.reference);
    const message = projectSecret === undefined
      ? common
      : `${formatReference(projectSecret.reference)}, else ${common}`;
    return ok("configuration", message, details);
  }
  const problem = problemOf("configuration", configuration.failure);
  return { ...problem, ...(!itemIsSet && { fix: "claude-key setup" }), details };
}

/** What the check of the gateway goes by. */
export interface GatewayFacts {
  /** What `env` prints beside the key, or why it cannot; nothing if `local.env` is broken. */
  readonly exported: Outcome<ReadonlyMap<string, string>> | undefined;
  /** What `ANTHROPIC_BASE_URL` is in the shell. */
  readonly inShell: string | undefined;
  /** The configuration file for people, if it can be told where it is. */
  readonly shownFile: string | undefined;
}

/**
 * Checks that Claude Code is sent to the gateway.
 *
 * @param facts What is known.
 * @returns The finding.
 */
export function checkGateway({ exported, inShell, shownFile }: GatewayFacts): Finding {
  const check = "gateway";
  if (exported === undefined) {
    return skipped(check, "the configuration cannot be read");
  }
  if ("failure" in exported) return problemOf(check, exported.failure);
  const url = exported.value.get("ANTHROPIC_BASE_URL") ?? inShell;
  if (url) return ok(check, withoutPassword(url));
  return warning(
    check,
    "LITELLM_BASE_URL is not set, so that Claude Code talks to Anthropic instead",
    appendSettingCommand("LITELLM_BASE_URL", "https://litellm.example.com", shownFile),
  );
}

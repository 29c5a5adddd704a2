/**
 * Is it said which secret is the key?
 *
 * @module
 */

import type { Configuration } from "../configuration/configuration.ts";
import { formatReference } from "../configuration/secret_reference.ts";
import { type Finding, ok, problemOf, typed } from "./finding.ts";
import type { Outcome } from "./outcome.ts";

/** What the check of the configuration goes by. */
export interface ConfigurationFacts {
  /** What the settings mean, or what is wrong with them. */
  readonly configuration: Outcome<Configuration>;
  /** Whether setup can mend it: nothing names the item, and there is a place for its file. */
  readonly wantsSetup: boolean;
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
  const { configuration, wantsSetup, origins: details } = facts;
  if ("value" in configuration) {
    const { secret, projectSecret } = configuration.value;
    const common = formatReference(secret.reference);
    const message = projectSecret === undefined
      ? common
      : `${formatReference(projectSecret.reference)}, else ${common}`;
    return ok("configuration", message, details);
  }
  const problem = problemOf("configuration", configuration.failure);
  return { ...problem, ...(wantsSetup && { cure: typed("claude-key setup") }), details };
}

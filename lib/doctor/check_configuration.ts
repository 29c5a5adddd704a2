/**
 * Is it said which secret is the key?
 *
 * @module
 */

import type { Configuration } from "../configuration/configuration.ts";
import type { IdleLine } from "../configuration/idle_lines.ts";
import type { SettingsFile } from "../configuration/settings.ts";
import { groupWritable } from "../configuration/trusted_writers.ts";
import { formatReference } from "../configuration/secret_reference.ts";
import { byHand, type Finding, ok, problemOf, typed, warning } from "./finding.ts";
import type { Outcome } from "./outcome.ts";

/** What the check of the configuration goes by. */
export interface ConfigurationFacts {
  /** What the settings mean, or what is wrong with them. */
  readonly configuration: Outcome<Configuration>;
  /** Whether setup can mend it: nothing names the item, and there is a place for its file. */
  readonly wantsSetup: boolean;
  /** Where each setting comes from, a line each. */
  readonly origins: readonly string[];
  /** The configuration files that were read. */
  readonly files: readonly SettingsFile[];
  /** Their lines that have no effect. */
  readonly idle: readonly IdleLine[];
}

/**
 * Checks that the configuration is complete, and its user's alone.
 *
 * @param facts What is known.
 * @returns A finding with the origin of each setting, one for each file that others can write, and
 * one for each line that has no effect.
 */
export function checkConfiguration(facts: ConfigurationFacts): Finding[] {
  const writable = groupWritable(facts.files);
  return [
    checkCompleteness(facts),
    ...writable.map(({ message, fix }) => warning("configuration", message, typed(fix))),
    ...facts.idle.map(({ name, file, line, reason, cure }) =>
      warning(
        "configuration",
        `${name} in ${file.shownPath}, line ${line}, has no effect: ${reason}`,
        byHand(cure),
      )
    ),
  ];
}

function checkCompleteness(facts: ConfigurationFacts): Finding {
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
  return {
    ...problem,
    ...(wantsSetup && { cure: byHand("answer a few questions: claude-key setup") }),
    details,
  };
}

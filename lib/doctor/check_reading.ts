/**
 * Does 1Password give the key? The only check that proves anything, and the only one that may
 * make 1Password ask for an approval.
 *
 * @module
 */

import type { Configuration, Secret } from "../configuration/configuration.ts";
import { type ReadOptions, readSecret } from "../op/read_secret.ts";
import { passOn } from "../terminal/report.ts";
import { formatReference } from "../configuration/secret_reference.ts";
import { WaitingNotice } from "../terminal/waiting_notice.ts";
import { canAsk, consents } from "./consent.ts";
import { byHand, type Finding, ok, problemOf, skipped, typed, warning } from "./finding.ts";
import { type Outcome, settled } from "./outcome.ts";

const check = "reading";

/** What reading depends on. */
interface ReadingFacts {
  /** What to read, or what is wrong with the configuration. */
  readonly configuration: Outcome<Configuration>;
  /** Whether there is an `op` at all. */
  readonly opIsThere: boolean;
  /** Whether the user has agreed beforehand. */
  readonly agreed: boolean;
}

/**
 * Reads the key once, if the user agrees, and forgets it.
 *
 * @param facts What to read.
 * @param signal Ends it early; its reason is then thrown.
 * @returns The finding.
 */
export async function checkReading(facts: ReadingFacts, signal: AbortSignal): Promise<Finding> {
  const { configuration, opIsThere, agreed } = facts;
  if ("failure" in configuration) {
    return skipped(check, "the configuration does not say what to read");
  }
  if (!opIsThere) return skipped(check, "there is no op");
  const { reference } = configuration.value.secret;
  if (!agreed) {
    if (!canAsk()) {
      return {
        ...skipped(check, "not tried, as 1Password may ask for approval"),
        cure: typed("claude-key doctor --yes"),
      };
    }
    const question = `read ${formatReference(reference)} now? 1Password may ask you to approve it.`;
    if (!await consents(question, signal)) return skipped(check, "you said no");
  }
  const read = await settled(readOnce(configuration.value, signal));
  if ("failure" in read) return problemOf(check, read.failure);
  const { secret, surrounded } = read.value;
  const message = `${formatReference(secret.reference)} holds a key`;
  if (!surrounded) return ok(check, message);
  return warning(
    check,
    `${message} with white space around it`,
    byHand("remove the white space in 1Password"),
  );
}

/** What was read; the key itself ends here. */
interface Reading {
  readonly secret: Secret;
  readonly surrounded: boolean;
}

async function readOnce(configuration: Configuration, signal: AbortSignal): Promise<Reading> {
  const { secret, projectSecret, timeout, withheld, whereToSet } = configuration;
  using notice = new WaitingNotice();
  const options: ReadOptions = {
    timeout,
    withheld,
    signal,
    ...(whereToSet !== undefined && { whereToSet }),
  };
  if (projectSecret !== undefined) {
    const own = await settled(readSecret(projectSecret, options));
    if ("value" in own) return { secret: projectSecret, surrounded: own.value.surrounded };
    if (own.failure.kind !== "no field") throw own.failure;
  }
  const onWords = notice.givingWayTo(passOn);
  const { surrounded } = await readSecret(secret, { ...options, onWords });
  return { secret, surrounded };
}

/**
 * Is there an `op` that can serve, and for which account?
 *
 * @module
 */

import type { Authentication } from "../configuration/configuration.ts";
import type { Account } from "../op/account_list.ts";
import { TURN_ON_INTEGRATION } from "../op/failure_words.ts";
import { INSTALL_VERSION_2, parseVersion } from "../op/version.ts";
import { shellWord } from "../text/shell_word.ts";
import { quoted } from "../text/quoted.ts";
import { byHand, type Finding, ok, problem, problemOf, warning } from "./finding.ts";
import type { Outcome } from "./outcome.ts";
import type { AddSetting } from "./setting_cure.ts";

/**
 * Checks the version of `op`.
 *
 * @param answer What `op --version` printed, or how it failed.
 * @returns The finding.
 */
export function checkVersion(answer: Outcome<string>): Finding {
  const check = "op";
  if ("failure" in answer) return problemOf(check, answer.failure);
  const found = parseVersion(answer.value);
  const cure = byHand(INSTALL_VERSION_2);
  if (found === undefined) {
    // What it prints instead is not shown: it may be anything.
    const message = "op --version prints something else than a version";
    return problem(check, message, cure);
  }
  const message = `version ${found.version}`;
  if (found.tooOld) return problem(check, `${message} is too old`, cure);
  return ok(check, message);
}

/** What the check of the account goes by. */
interface AccountFacts {
  /** How `op` authenticates. */
  readonly authentication: Authentication;
  /** `OP_ACCOUNT`, if it is set. */
  readonly wanted: string | undefined;
  /** The accounts that `op` has, or how it failed; nothing if it was not asked. */
  readonly accounts: Outcome<readonly Account[] | undefined> | undefined;
  /** How a setting is added. */
  readonly addSetting: AddSetting;
  /** Where `OP_ACCOUNT` is to be corrected, in words that fit behind «set». */
  readonly place: string;
}

/**
 * Checks which account `op` will use.
 *
 * @param facts What is known.
 * @returns The finding.
 */
export function checkAccount(facts: AccountFacts): Finding {
  const { authentication, wanted, accounts } = facts;
  const check = "account";
  if (authentication !== "app" || accounts === undefined) {
    return ok(check, `the one of the ${authentication} token`);
  }
  if ("failure" in accounts) return problemOf(check, accounts.failure);
  const known = accounts.value;
  if (known === undefined) {
    const message = "op account list prints something else than a list of accounts";
    return warning(check, message, byHand("see what it prints: op account list"));
  }
  const [only, ...others] = known;
  if (only === undefined) {
    return problem(check, "op has none", byHand(TURN_ON_INTEGRATION));
  }
  if (wanted !== undefined) return wantedAccount(wanted, known, facts.place);
  if (others.length === 0) return ok(check, shown(only));
  return warning(
    check,
    `op has ${known.length} and chooses, as OP_ACCOUNT is not set`,
    facts.addSetting("OP_ACCOUNT", only.id),
    known.map(shown),
  );
}

/**
 * Checks whether `op` says that it is signed in. With the app it may say no while reads work, so
 * that only the read itself proves anything.
 *
 * @param authentication How `op` authenticates.
 * @param answer What `op whoami` printed, or how it failed.
 * @returns The finding.
 */
export function checkSignIn(authentication: Authentication, answer: Outcome<string>): Finding {
  const check = "sign-in";
  if ("value" in answer) return ok(check, "op is signed in");
  const { failure } = answer;
  if (failure.kind !== "locked") return { ...problemOf(check, failure), verdict: "warning" };
  return authentication === "app"
    ? ok(check, "op is not signed in yet, and asks when it reads")
    : problemOf(check, failure);
}

function wantedAccount(wanted: string, known: readonly Account[], place: string): Finding {
  const check = "account";
  const found = known.find(({ names }) => names.includes(wanted));
  if (found !== undefined) return ok(check, shown(found));
  return problem(
    check,
    `op has no account ${quoted(wanted)}`,
    byHand(`set ${place} to ${known.map(({ id }) => shellWord(id)).join(" or ")}`),
    known.map(shown),
  );
}

function shown({ url, email }: Account): string {
  return `${email} at ${url}`;
}

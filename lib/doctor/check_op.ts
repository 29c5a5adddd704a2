/**
 * Is there an `op` that can serve, and for which account?
 *
 * @module
 */

import type { Authentication } from "../configuration/configuration.ts";
import type { Failure } from "../failure/failure.ts";
import { TURN_ON_INTEGRATION } from "../op/failure_words.ts";
import { quoted } from "../text/quoted.ts";
import { type Finding, problemOf } from "./finding.ts";
import type { Outcome } from "./outcome.ts";
import { appendSettingCommand } from "../configuration/append_setting.ts";

const OLDEST_MAJOR = 2;
const UPGRADE = "install version 2: https://developer.1password.com/docs/cli/upgrade";

/** An account as `op account list --format json` prints it. */
export interface Account {
  /** Its sign-in address, without `https://`. */
  readonly url: string;
  /** Who signs in. */
  readonly email: string;
  /** Everything that `OP_ACCOUNT` may call it, and that `OP_SESSION_*` may end in. */
  readonly names: readonly string[];
}

/**
 * Checks the version of `op`.
 *
 * @param answer What `op --version` printed, or how it failed.
 * @returns The finding.
 */
export function checkVersion(answer: Outcome<string>): Finding {
  const check = "op";
  if ("failure" in answer) return problemOf(check, answer.failure);
  const version = answer.value.trim();
  const major = /^(\d+)\.\d[\w.+-]*$/.exec(version)?.[1];
  if (major === undefined) {
    // What it prints instead may be anything, a secret even.
    const message = "op --version prints something else than a version";
    return { check, verdict: "problem", message, fix: UPGRADE };
  }
  if (Number(major) < OLDEST_MAJOR) {
    const message = `version ${version} is too old`;
    return { check, verdict: "problem", message, fix: UPGRADE };
  }
  return { check, verdict: "ok", message: `version ${version}` };
}

/**
 * Understands the list of accounts, of which anything may be expected.
 *
 * @param text What `op account list --format json` printed.
 * @returns The accounts, or `undefined` if it is no such list.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const [account] = parseAccounts('[{"url": "team.1password.com", "email": "ada@example.com"}]') ?? [];
 * assertEquals(account?.names, ["team.1password.com", "team", "ada@example.com"]);
 * ```
 */
export function parseAccounts(text: string): Account[] | undefined {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.map(accountOf) : undefined;
  } catch {
    return undefined;
  }
}

/** What the check of the account goes by. */
interface AccountFacts {
  /** How `op` authenticates. */
  readonly authentication: Authentication;
  /** `OP_ACCOUNT`, if it is set. */
  readonly wanted: string | undefined;
  /** The accounts that `op` has, or how it failed; nothing if it was not asked. */
  readonly accounts: Outcome<readonly Account[] | undefined> | undefined;
  /** The configuration file for people, if it can be told where it is. */
  readonly shownFile: string | undefined;
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
    return { check, verdict: "ok", message: `the one of the ${authentication} token` };
  }
  if ("failure" in accounts) return problemOf(check, accounts.failure);
  const known = accounts.value;
  if (known === undefined) {
    const message = "op account list prints something else than a list of accounts";
    return { check, verdict: "warning", message, fix: "op account list" };
  }
  const [only, ...others] = known;
  if (only === undefined) {
    return { check, verdict: "problem", message: "op has none", fix: TURN_ON_INTEGRATION };
  }
  if (wanted !== undefined) return wantedAccount(wanted, known, facts.place);
  if (others.length === 0) return { check, verdict: "ok", message: shown(only) };
  return {
    check,
    verdict: "warning",
    message: `op has ${known.length} and chooses, as OP_ACCOUNT is not set`,
    fix: appendSettingCommand("OP_ACCOUNT", only.url, facts.shownFile),
    details: known.map(shown),
  };
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
  if ("value" in answer) return { check, verdict: "ok", message: "op is signed in" };
  const { failure } = answer;
  if (authentication === "app" && failure.kind === "locked") {
    return { check, verdict: "ok", message: "op is not signed in yet, and asks when it reads" };
  }
  return { ...problemOf(check, failure), verdict: worst(authentication, failure) };
}

function worst(authentication: Authentication, { kind }: Failure): Finding["verdict"] {
  return authentication === "service account" && kind === "locked" ? "problem" : "warning";
}

function wantedAccount(wanted: string, known: readonly Account[], place: string): Finding {
  const check = "account";
  const found = known.find(({ names }) => names.includes(wanted));
  if (found !== undefined) return { check, verdict: "ok", message: shown(found) };
  return {
    check,
    verdict: "problem",
    message: `op has no account ${quoted(wanted)}`,
    fix: `set ${place} to ${known.map(({ url }) => url).join(" or ")}`,
    details: known.map(shown),
  };
}

function shown({ url, email }: Account): string {
  return `${email} at ${url}`;
}

function accountOf(entry: unknown): Account {
  const members = new Map(Object.entries(entry ?? {}));
  const text = (name: string): string => {
    const value: unknown = members.get(name);
    return typeof value === "string" ? value : "";
  };
  const url = text("url").replace(/^https:\/\//, "").replace(/\/$/, "");
  const names = [
    url,
    url.split(".")[0] ?? "",
    ...["shorthand", "email", "user_uuid", "account_uuid"].map(text),
  ];
  return { url, email: text("email"), names: names.filter((name) => name !== "") };
}

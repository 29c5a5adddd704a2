/**
 * Asks `op` about itself. None of this makes 1Password ask for an approval.
 *
 * @module
 */

import type { WhereToSet } from "../configuration/configuration.ts";
import { opArguments } from "../op/arguments.ts";
import { askOp } from "../op/ask.ts";
import { type Account, accountsOf } from "../op/account_list.ts";
import { type Outcome, settled } from "./outcome.ts";

/** How long `op` may take to answer without anybody's approval, in seconds. */
const TIMEOUT = 15;

/** The most that is read of an answer, in bytes. */
const LARGEST_ANSWER = 256 * 1024;

/** How `op` is to be asked. */
export interface OpQuestion {
  /** The account to ask about, if one is set and counts. */
  readonly account: string | undefined;
  /** Where to correct what names the account. */
  readonly whereToSet: WhereToSet;
  /** Variables of the user's environment that `op` is not to see. */
  readonly withheld: readonly string[];
  /** Ends it early. */
  readonly signal: AbortSignal;
}

/**
 * Asks for the version.
 *
 * @param question How to ask.
 * @returns What `op` printed, or how it failed.
 */
export async function askVersion(question: OpQuestion): Promise<Outcome<string>> {
  return await answerTo(["--version"], question);
}

/**
 * Asks for the accounts.
 *
 * @param question How to ask.
 * @returns The accounts, nothing if the answer is not understood, or how `op` failed.
 */
export async function askAccounts(
  question: OpQuestion,
): Promise<Outcome<readonly Account[] | undefined>> {
  const answer = await answerTo(["account", "list", "--format", "json"], question);
  return "value" in answer ? { value: accountsOf(parseJson(answer.value)) } : answer;
}

/**
 * Asks who is signed in.
 *
 * @param question How to ask.
 * @returns What `op` printed, or how it failed.
 */
export async function askIdentity(question: OpQuestion): Promise<Outcome<string>> {
  const { account } = question;
  return await answerTo(opArguments(["whoami"], { options: { account } }), question);
}

function parseJson(text: string): unknown {
  if (text.trim() === "") return [];
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function answerTo(args: readonly string[], question: OpQuestion): Promise<Outcome<string>> {
  const { account, whereToSet, withheld, signal } = question;
  const options = { timeout: TIMEOUT, limit: LARGEST_ANSWER, withheld, signal };
  const answer = await settled(askOp(args, options, {
    reference: { vault: "", item: "", field: "" },
    ...(account !== undefined && { account }),
    whereToSet,
  }));
  return "value" in answer ? { value: new TextDecoder().decode(answer.value) } : answer;
}

/**
 * Tells the failures of `op` apart. Its exit status is always 1, so its words on stderr are all
 * there is to go by [observed with 1Password CLI 2].
 *
 * @module
 */

import type { WhereToSet } from "../configuration/configuration.ts";
import { Failure, type FailureKind } from "../failure/failure.ts";
import { quoted } from "../text/quoted.ts";
import { shellWord } from "../text/shell_word.ts";
import {
  formatItem,
  formatReference,
  type SecretReference,
} from "../configuration/secret_reference.ts";

/** What was asked for, so that messages can name it. */
export interface Question {
  /** The secret, as far as it is known: a listing may name an empty item or field. */
  readonly reference: SecretReference;
  /** The arguments of `op`, for the user to try without claude-key. Never a secret. */
  readonly command: readonly string[];
  /** The account given to `op`, if any. */
  readonly account?: string;
  /** Where to correct what names the secret, if it has been configured. */
  readonly whereToSet?: WhereToSet;
}

interface Meaning {
  readonly words: RegExp;
  readonly kind: FailureKind;
  readonly message: (question: Question) => string;
  readonly hints: (question: Question) => readonly string[];
}

const LEADING_TIME = /^\[ERROR\]\s*(?:\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d\s*)?/;
const LEADING_REFERENCE = /^could not read secret '?op:\/\/[^']*'?:\s*/i;

/**
 * Strips what `op` puts in front of its reasons.
 *
 * @param stderr What `op` wrote.
 * @returns The bare reasons, one line each.
 */
function bareWords(stderr: string): string[] {
  return stderr.split(/\r?\n/)
    .map((line) => line.trim().replace(LEADING_TIME, "").replace(LEADING_REFERENCE, "").trim())
    .filter((line) => line !== "");
}

/**
 * Understands a failure of `op`.
 *
 * @param stderr What `op` wrote there.
 * @param question What was asked.
 * @returns The failure, of kind `other` with `op`'s own words where they are unknown.
 */
export function understandFailure(stderr: string, question: Question): Failure {
  const lines = bareWords(stderr);
  const text = lines.join("\n");
  const meaning = MEANINGS.find(({ words }) => words.test(text));
  if (meaning !== undefined) {
    return new Failure(meaning.kind, meaning.message(question), meaning.hints(question));
  }
  const words = shortened(lines.at(-1));
  return words === undefined
    ? new Failure("other", "op failed and said nothing", [tryIt(question)])
    : new Failure("other", `op says: ${words}`, [tryIt(question)]);
}

function shortened(line: string | undefined): string | undefined {
  return line !== undefined && line.length > LONGEST_QUOTE
    ? `${line.slice(0, LONGEST_QUOTE)}…`
    : line;
}

/** How much of unknown words is repeated in a report, in characters. */
const LONGEST_QUOTE = 300;

/** The order matters: the first that fits counts. */
const MEANINGS: readonly Meaning[] = [
  {
    words: /invalid secret reference|invalid character in secret reference|too many '\/'/i,
    kind: "configuration",
    message: (question) =>
      `op cannot read the reference ${quoted(formatReference(question.reference))}`,
    hints: () => ["names with unusual characters are given by their ID: op item list"],
  },
  {
    words: /authorization prompt dismissed/i,
    kind: "locked",
    message: () => "the approval in 1Password was refused",
    hints: () => ["run the same command again and approve it"],
  },
  {
    words: /authorization timeout/i,
    kind: "timed out",
    message: () => "nobody answered the approval in 1Password",
    hints: () => ["run the same command again and approve it"],
  },
  {
    words: /does not have a field|doesn't have a field/i,
    kind: "no field",
    message: ({ reference }) =>
      `1Password has no field ${quoted(reference.field)} in ${formatItem(reference)}`,
    hints: (question) => [
      `field names are case-sensitive; set ${whereTo("OP_FIELD", question)}`,
      `see its fields: op item get ${shellWord(question.reference.item)} --vault ${
        shellWord(question.reference.vault)
      }${inAccount(question)}`,
    ],
  },
  {
    words: /isn't an item in the/i,
    kind: "not found",
    message: ({ reference }) =>
      `1Password has no item ${quoted(reference.item)} in the vault ${quoted(reference.vault)}`,
    hints: (question) => [
      `set ${whereTo("OP_ITEM", question)}`,
      `see its items: ${listItems(question)}`,
    ],
  },
  {
    words: /more than one item matches/i,
    kind: "not found",
    message: ({ reference }) =>
      `more than one item in the vault ${quoted(reference.vault)} is called ${
        quoted(reference.item)
      }`,
    hints: (question) => [
      `give the item's ID in ${whereTo("OP_ITEM", question)}`,
      `see the IDs: ${listItems(question)}`,
    ],
  },
  {
    words: /isn't a vault in this account/i,
    kind: "not found",
    message: ({ reference }) => `1Password has no vault ${quoted(reference.vault)} in this account`,
    hints: (question) => [
      `set ${whereTo("OP_ITEM", question)}`,
      `or, if the vault is in another account, set ${whereTo("OP_ACCOUNT", question)}`,
      `see the vaults: op vault list${inAccount(question)}`,
    ],
  },
  {
    words: /found no accounts for filter/i,
    kind: "not found",
    message: ({ account }) =>
      account === undefined ? "op has no such account" : `op has no account ${quoted(account)}`,
    hints: (question) => [`set ${whereTo("OP_ACCOUNT", question)}`, SEE_ACCOUNTS],
  },
  {
    words: /multiple accounts found/i,
    kind: "not found",
    message: () => "op has several accounts and was not told which one",
    hints: (question) => [`set ${whereTo("OP_ACCOUNT", question)}`, SEE_ACCOUNTS],
  },
  {
    words: /failed to DecodeSACredentials/i,
    kind: "locked",
    message: () => "op cannot read the service account token",
    hints: () => ["set OP_SERVICE_ACCOUNT_TOKEN to the whole token, or unset it"],
  },
  {
    words: /\(403\) Forbidden/i,
    kind: "locked",
    message: () => "1Password refuses the service account or Connect token",
    hints: () => ["give it access to the vault, or set a token that has it"],
  },
  {
    words:
      /you are not currently signed in|account is not signed in|could not find session token|no active session/i,
    kind: "locked",
    message: () => "op is not signed in to 1Password",
    hints: () => ['unlock the 1Password app, or sign in: eval "$(op signin)"'],
  },
  {
    words: /no accounts configured for use with 1Password CLI/i,
    kind: "locked",
    message: () => "op has no account",
    hints: () => [TURN_ON_INTEGRATION, "or add one: op account add"],
  },
  {
    words: /error initializing client:\s*$/i,
    kind: "locked",
    message: () => "op cannot use the 1Password app",
    hints: () => [TURN_ON_INTEGRATION],
  },
  {
    words: /connecting to desktop app: read: connection reset/i,
    kind: "app unreachable",
    message: () => "the 1Password app hung up on op",
    hints: () => [
      'op lacks its group: sudo chgrp onepassword-cli "$(command -v op)" && sudo chmod g+s "$(command -v op)"',
    ],
  },
  {
    words: /cannot connect to 1Password app|connecting to desktop app|1Password desktop app/i,
    kind: "app unreachable",
    message: () => "the 1Password app does not answer",
    hints: () => ["start the 1Password app and unlock it", TURN_ON_INTEGRATION],
  },
  {
    words:
      /cannot setup session|context deadline exceeded|no such host|dial tcp|connection (?:refused|reset|timed out)|network is unreachable|no route to host|i\/o timeout|temporary failure in name resolution|TLS handshake/i,
    kind: "offline",
    message: () => "1Password cannot be reached",
    hints: () => [
      "check the network, then run the same command again",
      "to go on with the last key meanwhile, set CLAUDE_KEY_STALE_IF_ERROR, say to 1d",
    ],
  },
];

const SEE_ACCOUNTS = "see the accounts: op account list";
/** Lets `op` ask the app instead of for a password. */
export const TURN_ON_INTEGRATION =
  "in the 1Password app: Settings, Developer, Integrate with 1Password CLI";

function whereTo(name: keyof WhereToSet, { whereToSet }: Question): string {
  return whereToSet?.[name] ?? name;
}

function listItems(question: Question): string {
  return `op item list --vault ${shellWord(question.reference.vault)}${inAccount(question)}`;
}

function inAccount({ account }: Question): string {
  return account === undefined ? "" : ` --account ${shellWord(account)}`;
}

function tryIt({ command }: Question): string {
  return `try it without claude-key: ${
    ["op", ...command].map((word) => shellWord(word)).join(" ")
  }`;
}

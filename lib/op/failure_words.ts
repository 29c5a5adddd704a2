/**
 * Tells the failures of `op` apart. Its exit status is always 1, so its words on stderr are all
 * there is to go by [observed with 1Password CLI 2].
 *
 * @module
 */

import type { WhereToSet } from "../configuration/configuration.ts";
import { Failure, type FailureKind } from "../failure/failure.ts";
import { quoted } from "../text/quoted.ts";
import { signInCommand } from "../text/typed_commands.ts";
import { shellWord } from "../text/shell_word.ts";
import { opArguments } from "./arguments.ts";
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
  /** Given the words that fitted, too. */
  readonly message: (question: Question, fitting: string) => string;
  readonly hints: (question: Question) => readonly string[];
}

const LEADING_TIME = /^\[ERROR\](?: \d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d)?/;
const LEADING_REFERENCE = /^could not read secret (?:'op:\/\/[^']*'|op:\/\/[^:]*): /i;

/**
 * Strips what `op` puts in front of its reasons.
 *
 * @param stderr What `op` wrote.
 * @returns The bare reasons, one line each.
 */
export function bareWords(stderr: string): string[] {
  return stderr.split("\n").map(bareLine).filter((line) => line !== "");
}

function bareLine(line: string): string {
  return line.trim().replace(LEADING_TIME, "").trimStart().replace(LEADING_REFERENCE, "");
}

/**
 * Understands a failure of `op`.
 *
 * @param stderr What `op` wrote there.
 * @param question What was asked.
 * @returns The failure, of kind `other` with `op`'s own words where they are unknown.
 */
export function understandFailure(stderr: string, question: Question): Failure {
  const text = bareWords(stderr).join("\n");
  const understood = understand(text, ANSWERS, question) ??
    understand(withoutNames(text, question), OUTAGES, question) ??
    understand(text, QUESTIONS, question);
  if (understood !== undefined) return understood;
  const words = shortened(tellingLine(stderr));
  return words === undefined
    ? new Failure("other", "op failed and said nothing", [tryIt(question)])
    : new Failure("other", `op says: ${words}`, [tryIt(question)]);
}

function understand(
  text: string,
  meanings: readonly Meaning[],
  question: Question,
): Failure | undefined {
  for (const { words, kind, message, hints } of meanings) {
    const [fitting] = words.exec(text) ?? [];
    if (fitting !== undefined) {
      return new Failure(kind, message(question, fitting), hints(question));
    }
  }
  return undefined;
}

/** Nothing is an outage because a vault is called so. */
function withoutNames(text: string, { reference, account = "" }: Question): string {
  const names = [account, ...Object.values(reference)].filter((name) =>
    OUTAGES.some(({ words }) => words.test(name))
  );
  const unquoted = text.replace(/"[^"\n]*"/g, '""');
  return names.reduce((rest, name) => rest.replaceAll(name, "…"), unquoted);
}

/**
 * Finds the line that tells most. It is rarely the last one: version managers in the place of `op`, and
 * `op` 1, give their reason first and their advice behind it.
 */
function tellingLine(stderr: string): string | undefined {
  const lines = stderr.split("\n").filter((line) => bareLine(line) !== "");
  const most = Math.max(...lines.map(weight));
  const line = lines.find((line) => weight(line) === most);
  return line === undefined ? undefined : bareLine(line);
}

function weight(line: string): number {
  if (/^\s*\[ERROR\]/.test(line)) return 3;
  const isAdvice = /^\W*(?:warn|run|use|usage|try|see|set|consider|for more)|--(?:help|verbose)/i;
  if (isAdvice.test(bareLine(line)) || /run with --/i.test(line)) return 0;
  return TELLING.test(line) ? 2 : 1;
}

const TELLING = /error|fail|cannot|n't|unable|\bnot\b|\bno\b|unknown|invalid|denied|refused|panic/i;

function shortened(line: string | undefined): string | undefined {
  return line !== undefined && line.length > LONGEST_QUOTE
    ? `${line.slice(0, LONGEST_QUOTE)}…`
    : line;
}

/** How much of unknown words is repeated in a report, in characters. */
const LONGEST_QUOTE = 300;

/**
 * The words of versions differ: «"I" isn't an item», «could not find item I in vault V».
 *
 * @param thing What is missing.
 * @returns What they have in common.
 */
function missing(thing: string): string {
  return [
    `isn't an? ${thing}\\b`,
    `(?:could not|couldn't|cannot|can't) find (?:an? |any |the )?${thing}\\b`,
    `\\bno (?:such )?${thing}s?(?: was| were)? (?:found|matche?[sd]?|matching|named|called)\\b`,
    `\\b(?:no such|found no) ${thing}s?\\b`,
    `\\b${thing} (?:\\S+ )?(?:(?:was|is|could|can) ?)?(?:not|n't|'t) (?:be )?found\\b`,
  ].join("|");
}

const ASKED_FOR_PASSWORD: Omit<Meaning, "words"> = {
  kind: "locked",
  message: () => "op asked for a password and was not given the right one",
  hints: () => [`sign in at a terminal: ${signInCommand()}`, LET_IT_ASK_THE_APP],
};

/** What 1Password and `op` say, rather than that they cannot. The first that fits counts. */
const ANSWERS: readonly Meaning[] = [
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
    words: new RegExp(
      `(?:does not|doesn't) have an? (?:field|section)\\b|${missing("field")}`,
      "i",
    ),
    kind: "no field",
    message: ({ reference }) =>
      `1Password has no field ${quoted(reference.field)} in ${formatItem(reference)}`,
    hints: (question) => [
      `field names are case-sensitive; set ${whereTo("OP_FIELD", question)}`,
      `see its fields: ${
        opCommand(["item", "get"], question, question.reference.vault, question.reference.item)
      }`,
    ],
  },
  {
    words: new RegExp(missing("item"), "i"),
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
    words: /more than one vault matches/i,
    kind: "not found",
    message: ({ reference }) => `more than one vault is called ${quoted(reference.vault)}`,
    hints: (question) => [
      `give the vault's ID in ${whereTo("OP_ITEM", question)}`,
      `see the IDs: ${opCommand(["vault", "list"], question)}`,
    ],
  },
  {
    words: new RegExp(missing("vault"), "i"),
    kind: "not found",
    message: ({ reference }) => `1Password has no vault ${quoted(reference.vault)} in this account`,
    hints: (question) => [
      `set ${whereTo("OP_ITEM", question)}`,
      `or, if the vault is in another account, set ${whereTo("OP_ACCOUNT", question)}`,
      `see the vaults: ${opCommand(["vault", "list"], question)}`,
    ],
  },
  {
    words: new RegExp(`found no accounts? for filter|${missing("account")}`, "i"),
    kind: "not found",
    message: ({ account }) =>
      account === undefined ? "op has no such account" : `op has no account ${quoted(account)}`,
    hints: (question) => [`set ${whereTo("OP_ACCOUNT", question)}`, SEE_ACCOUNTS],
  },
  {
    words: /multiple accounts found|found multiple accounts/i,
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
    words: /\(401\) \w/,
    kind: "locked",
    message: () => "1Password does not accept the session or the token",
    hints: () => [`sign in again: ${signInCommand()}`, "or set a token that is still valid"],
  },
  {
    words:
      /interactive IO not available|inappropriate ioctl for device|\/dev\/tty|password.* not a (?:terminal|tty)/i,
    kind: "locked",
    message: () => "op wants to ask for a password, and has no terminal to ask at",
    hints: () => [`sign in at one: ${signInCommand()}`, LET_IT_ASK_THE_APP],
  },
  { ...ASKED_FOR_PASSWORD, words: /enter the password for .*\bEOF\b/is },
  {
    words:
      /you are not currently signed in|account is not signed in|could not find session token|no active session/i,
    kind: "locked",
    message: () => "op is not signed in to 1Password",
    hints: () => [`unlock the 1Password app, or sign in: ${signInCommand()}`],
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
];

/** What breaks a connection, in the words of Go's `net`, `net/http`, `crypto/tls` and `io`. */
const BROKEN_CONNECTION = [
  // An error of a whole request is always one of its way: «Get "https://…": …» [Go: net/url.Error].
  /\b(?:Delete|Get|Head|Patch|Post|Put) "": \S/,
  /\b(?:dial|read|write) (?:tcp|udp)/,
  /(?:^|: )(?:unexpected )?EOF$/,
  /\b(?:x509|tls|http2|socks connect|wsarecv|wsasend|connectex|getaddrinfow): \S/,
  /proxyconnect|TLS handshake|stream error: \S|http: server closed|Client\.Timeout exceeded/,
  /cannot setup session|context deadline exceeded|i\/o timeout|broken pipe/,
  /no such host|server misbehaving|temporary failure in name resolution/,
  /connection (?:refused|reset|timed out)|no route to host/,
  /(?:network|host) is (?:down|unreachable)/,
  // What a proxy says, which `net/http` repeats without its number.
  /(?:^|: )(?:Bad Gateway|Gateway Timeout|Proxy Authentication Required|Service Unavailable)$/,
].map(({ source }) => source).join("|");

const MEANWHILE = "to go on with the last key meanwhile, set CLAUDE_KEY_STALE_IF_ERROR, say to 1d";

/** What says that 1Password cannot be asked now: `CLAUDE_KEY_STALE_IF_ERROR` covers it. */
const OUTAGES: readonly Meaning[] = [
  {
    words: /(?<=^|: )\((?:429|5\d\d)\)[\w ]*/m,
    kind: "offline",
    message: (_, status) => `1Password cannot serve now: ${status.trim()}`,
    hints: () => ["wait a little, then run the same command again", MEANWHILE],
  },
  {
    words: new RegExp(BROKEN_CONNECTION, "im"),
    kind: "offline",
    message: () => "1Password cannot be reached",
    hints: () => ["check the network, then run the same command again", MEANWHILE],
  },
];

/** What fits where neither tells: a question that was not answered. */
const QUESTIONS: readonly Meaning[] = [
  { ...ASKED_FOR_PASSWORD, words: /enter the password for/i },
];

const SEE_ACCOUNTS = "see the accounts: op account list";
/** Lets `op` ask the app instead of for a password. */
export const TURN_ON_INTEGRATION =
  "in the 1Password app: Settings, Developer, Integrate with 1Password CLI";

const LET_IT_ASK_THE_APP = `or let it ask the app: ${TURN_ON_INTEGRATION}`;

function whereTo(name: keyof WhereToSet, { whereToSet }: Question): string {
  return whereToSet?.[name] ?? name;
}

function listItems(question: Question): string {
  return opCommand(["item", "list"], question, question.reference.vault);
}

function opCommand(
  words: readonly string[],
  { account }: Question,
  vault?: string,
  operand?: string,
): string {
  const options = { vault, account };
  return typed(opArguments(words, { options, ...(operand !== undefined && { operand }) }));
}

function tryIt({ command }: Question): string {
  return `try it without claude-key: ${typed(command)}`;
}

function typed(command: readonly string[]): string {
  return ["op", ...command].map((word) => shellWord(word)).join(" ");
}

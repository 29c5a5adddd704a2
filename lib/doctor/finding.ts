/**
 * What a check of `doctor` comes to, and how that is written for people and for programs.
 * `docs/json.md` documents the JSON.
 *
 * @module
 */

import type { Colour, Paint } from "../terminal/colour.ts";
import type { Failure } from "../failure/failure.ts";
import { jsonText } from "../text/json_text.ts";
import { escapeControlCharacters as visible } from "../text/control_characters.ts";

/** The checks, in the order in which they are made. */
type Check =
  | "configuration"
  | "gateway"
  | "environment"
  | "Claude settings"
  | "op"
  | "account"
  | "sign-in"
  | "cache folder"
  | "cache writing"
  | "clock"
  | "confinement"
  | "reading";

/** `warning`: it works, but not as one would expect; `skipped`: it was not tried. */
type Verdict = "ok" | "warning" | "problem" | "skipped";

/** What mends something. */
export interface Cure {
  /** A command, or what to do in words. */
  readonly words: string;
  /** Whether it is a command to be typed as it stands; if not, it is for a person. */
  readonly isCommand: boolean;
}

/**
 * A cure that is typed.
 *
 * @param command The command.
 * @returns The cure.
 */
export function typed(command: string): Cure {
  return { words: command, isCommand: true };
}

/**
 * A cure that takes a person.
 *
 * @param words What to do.
 * @returns The cure.
 */
export function byHand(words: string): Cure {
  return { words, isCommand: false };
}

/** What a check comes to. */
export interface Finding {
  /** The check. */
  readonly check: Check;
  /** How it went. */
  readonly verdict: Verdict;
  /** What was found, in a line. Never a secret. */
  readonly message: string;
  /** What mends it, if something does. */
  readonly cure?: Cure;
  /** Further lines. */
  readonly details?: readonly string[];
}

/**
 * Finds that all is well.
 *
 * @param check The check.
 * @param message What was found.
 * @param details Further lines.
 * @returns The finding.
 */
export function ok(check: Check, message: string, details?: readonly string[]): Finding {
  return { check, verdict: "ok", message, ...(details !== undefined && { details }) };
}

/**
 * Finds that something works, but not as one would expect.
 *
 * @param check The check.
 * @param message What was found.
 * @param cure What mends it.
 * @param details Further lines.
 * @returns The finding.
 */
export function warning(
  check: Check,
  message: string,
  cure: Cure,
  details?: readonly string[],
): Finding {
  return { check, verdict: "warning", message, cure, ...(details !== undefined && { details }) };
}

/**
 * Finds that something does not work.
 *
 * @param check The check.
 * @param message What was found.
 * @param cure What mends it.
 * @param details Further lines.
 * @returns The finding.
 */
export function problem(
  check: Check,
  message: string,
  cure: Cure,
  details?: readonly string[],
): Finding {
  return { ...warning(check, message, cure, details), verdict: "problem" };
}

/**
 * Says that a check was not made.
 *
 * @param check The check.
 * @param message Why not.
 * @returns The finding.
 */
export function skipped(check: Check, message: string): Finding {
  return { check, verdict: "skipped", message };
}

const COLOURS: Readonly<Record<Verdict, Colour>> = {
  ok: "green",
  warning: "yellow",
  problem: "red",
  skipped: "yellow",
};

const VERDICT_WIDTH = "problem".length;
const INDENT = " ".repeat(VERDICT_WIDTH + 2);

/**
 * Turns a failure into a problem with the failure's first hint as its cure.
 *
 * @param check The check that failed.
 * @param failure How.
 * @returns The finding.
 */
export function problemOf(check: Check, { message, hints: [hint] }: Failure): Finding {
  return { check, verdict: "problem", message, ...(hint !== undefined && { cure: cureOf(hint) }) };
}

/** These mend files; what else a hint names shows something, or wants more than typing. */
const MENDING = /^(?:[^:]*: )?((?:sudo )?(?:chmod|chown|mv|rm|icacls|Move-Item|Remove-Item) .+)/s;

function cureOf(hint: string): Cure {
  const command = MENDING.exec(hint)?.[1];
  return command === undefined ? byHand(hint) : typed(command);
}

/**
 * Whether findings mean that nothing is wrong.
 *
 * @param findings All of them.
 * @returns Whether there is neither a problem nor a warning.
 */
export function isAllWell(findings: readonly Finding[]): boolean {
  return findings.every(({ verdict }) => verdict === "ok" || verdict === "skipped");
}

/**
 * Writes a finding for people.
 *
 * @param finding The finding.
 * @param paint Colours text, or does not.
 * @returns One line, with a line for each detail and for the fix below it.
 */
export function findingText(finding: Finding, paint: Paint): string {
  const { check, verdict, message, cure, details = [] } = finding;
  const lines = [
    `${paint(verdict.padEnd(VERDICT_WIDTH), COLOURS[verdict])}  ${visible(`${check}: ${message}`)}`,
    ...details.map((detail) => INDENT + visible(detail)),
    ...(cure === undefined ? [] : [INDENT + paint(visible(cureText(cure)), "bold")]),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function cureText({ words, isCommand }: Cure): string {
  return `${isCommand ? "fix" : "by hand"}: ${words}`;
}

/**
 * Sums up for people.
 *
 * @param findings All of them.
 * @returns One line.
 */
export function summary(findings: readonly Finding[]): string {
  const counts = (["problem", "warning"] as const)
    .map((kind) => [kind, findings.filter(({ verdict }) => verdict === kind).length] as const)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kind}${count === 1 ? "" : "s"}`);
  if (counts.length > 0) return `${counts.join(", ")}\n`;
  const unread = findings.some(({ check, verdict }) =>
    check === "reading" && verdict === "skipped"
  );
  return `nothing is wrong${unread ? ", but the key was not read" : ""}\n`;
}

/**
 * Writes all findings for programs.
 *
 * @param findings All of them.
 * @returns JSON, ending in a newline.
 */
export function findingsJson(findings: readonly Finding[]): string {
  const checks = findings.map(({ check, verdict, message, cure, details }) => ({
    check,
    verdict,
    message,
    fix: cure?.words ?? null,
    command: cure?.isCommand ?? false,
    details: details ?? [],
  }));
  return jsonText({ version: 1, ok: isAllWell(findings), checks });
}

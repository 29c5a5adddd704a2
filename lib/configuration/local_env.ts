/**
 * The format of `local.env` and `team.env`: one assignment a line, nothing expanded, nothing
 * evaluated. What is accepted means what a shell would make of it; what a shell would read
 * differently is refused.
 *
 * @module
 */

import { invisibleCharacter } from "../text/invisible_characters.ts";

/** One assignment of the file. */
export interface LocalEnvEntry {
  /** The value, without its quotes. */
  readonly value: string;
  /** The line that it begins on, counted from 1. */
  readonly line: number;
  /** Whether `export` stands in front of it, here or on an earlier line of the same name. */
  readonly exported?: boolean;
  /** The lines that set the name before, and which this one makes idle. */
  readonly earlier?: readonly number[];
  /** Where the value stands in the text with its quotes, and where it ends. */
  readonly span?: readonly [number, number];
}

/** A line that is no assignment, or one that a shell would read differently. */
export class LocalEnvError extends Error {
  /**
   * Makes the error, to be thrown.
   *
   * @param line The line, counted from 1.
   * @param message What is wrong with it. Never the line itself, which may hold a secret.
   * @param cure What to do about it.
   */
  constructor(
    readonly line: number,
    message: string,
    readonly cure: string = `write NAME="VALUE" there, or put a # in front`,
  ) {
    super(message);
  }
}

const BYTE_ORDER_MARK = "\uFEFF";

/** What means itself, with quotes and without. Most values are of nothing else. */
const PLAIN = /^[\w ./:@%+,=~#-]*$/;

/** What ends a word, or begins something else than a word, where there are no quotes. */
const OPERATORS = ";&|<>()";

/** What may stand in a value of several lines, and a control character that may not. */
// deno-lint-ignore no-control-regex -- these are the characters to find
const UNPRINTABLE = /[\0-\x08\x0b-\x1f\x7f-\x9f]/;

/** What bash and dash expand, unless it stands in single quotes [bash(1): EXPANSION]. */
const EXPANSION = /`|\$[\w@*#?$!({[-]/;

/** A backslash that they take away between double quotes [bash(1): QUOTING]. */
const ESCAPE = /\\[$`"\\\n]/;

/** Behind `export`, and only there, bash expands braces in an assignment. */
const BRACES = /\{.*(?:,|\.\.).*\}/;

/**
 * Reads the lines `KEY="VALUE"`, `KEY='VALUE'` and `KEY=VALUE`, with an optional leading `export`.
 * A value in quotes may go on over several lines. `#` begins a comment, on a line of its own or
 * after white space behind a value. A byte order mark and CRLF are accepted. The last assignment of
 * a name wins.
 *
 * @param text The file.
 * @returns The assignments by name.
 * @throws {LocalEnvError} For the first line that is none of these.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const entries = parseLocalEnv('# mine\nexport OP_ITEM="op://Work/litellm"\n');
 * assertEquals(entries.get("OP_ITEM")?.value, "op://Work/litellm");
 * assertEquals(entries.get("OP_ITEM")?.line, 2);
 * ```
 */
export function parseLocalEnv(text: string): Map<string, LocalEnvEntry> {
  const entries = new Map<string, LocalEnvEntry>();
  let at = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const start = skipBlanks(text, at);
    let end = lineEnd(text, start);
    if (start < end && text[start] !== "#") {
      const exported = text.startsWith("export", start) && isBlank(text[start + "export".length]);
      const from = exported ? skipBlanks(text, start + "export".length) : start;
      const equals = skipName(text, from);
      if (equals === from || text[equals] !== "=") throw notAnAssignment(text.slice(at, end), line);
      const name = text.slice(from, equals);
      const close = valueEnd(text, equals + 1, end, name, line);
      const value = unquote(text.slice(equals + 1, close), exported, name, line);
      const old = entries.get(name);
      entries.set(name, {
        value,
        line,
        exported: exported || old?.exported === true,
        ...(old !== undefined && { earlier: [...old.earlier ?? [], old.line] }),
        span: [equals + 1, close],
      });
      if (close > end) {
        line += text.slice(end, close).split("\n").length - 1;
        end = lineEnd(text, close);
      }
    }
    at = text.indexOf("\n", end) + 1 || text.length;
    line++;
  }
  return entries;
}

/** Finds the end of a value, and sees to it that nothing but a comment stands behind it. */
function valueEnd(text: string, from: number, end: number, name: string, line: number): number {
  const quote = text[from];
  if (quote !== '"' && quote !== "'") {
    let close = from;
    while (close < end && !isBlank(text[close])) close++;
    const behind = skipBlanks(text, close);
    if (behind >= end || (text[behind] === "#" && behind > close)) return close;
    if (close === from) throw new LocalEnvError(line, "has a space behind the =");
    throw new LocalEnvError(
      line,
      `has white space in the value of ${name}`,
      "put single quotes round the value, or write each NAME=VALUE on a line of its own",
    );
  }
  const close = text.indexOf(quote, from + 1) + 1;
  if (close === 0) throw new LocalEnvError(line, `has no closing ${quote}`);
  if (quote === '"' && text[close - 2] === "\\") throw takenAway(name, line);
  const behind = skipBlanks(text, close);
  if (behind < lineEnd(text, close) && (text[behind] !== "#" || behind === close)) {
    throw new LocalEnvError(line, `goes on after the closing ${quote}`);
  }
  return close;
}

function unquote(written: string, exported: boolean, name: string, line: number): string {
  const quote = written[0];
  const isQuoted = quote === '"' || quote === "'";
  const inner = isQuoted ? written.slice(1, -1) : written;
  if (PLAIN.test(inner)) return inner;
  const value = inner.replaceAll("\r\n", "\n");
  if (UNPRINTABLE.test(value)) {
    throw new LocalEnvError(line, `has a control character in the value of ${name}`);
  }
  if (quote === "'") return value;
  const expansion = EXPANSION.exec(value)?.[0];
  if (expansion !== undefined) {
    const character = expansion.charAt(0);
    throw new LocalEnvError(
      line,
      `has a ${character} in the value of ${name} that a shell would expand`,
      "write the value out, or put single quotes round it",
    );
  }
  if (isQuoted) {
    if (ESCAPE.test(value)) throw takenAway(name, line);
    return value;
  }
  for (const character of value) {
    if (OPERATORS.includes(character)) {
      throw new LocalEnvError(
        line,
        `has a ${character} in the value of ${name}, without quotes`,
        "put single quotes round the value, or keep to one NAME=VALUE a line",
      );
    }
    if (character === '"' || character === "'") {
      throw new LocalEnvError(
        line,
        `has a ${character} inside the value of ${name}`,
        "put quotes of the other kind round the whole value",
      );
    }
  }
  // Elsewhere in a word it is text: people write paths of Windows so.
  if (value.endsWith("\\")) throw takenAway(name, line);
  if (exported && BRACES.test(value)) {
    throw new LocalEnvError(
      line,
      `has braces in the value of ${name} that a shell would expand`,
      "write the value out, or put single quotes round it",
    );
  }
  return value;
}

function takenAway(name: string, line: number): LocalEnvError {
  return new LocalEnvError(
    line,
    `has a \\ in the value of ${name} that a shell would take away`,
    "put single quotes round the value",
  );
}

function notAnAssignment(written: string, line: number): LocalEnvError {
  const hidden = invisibleCharacter(written);
  return new LocalEnvError(
    line,
    `is not NAME=VALUE${hidden === undefined ? "" : `: it has ${hidden}`}`,
  );
}

/** Finds the end of a line, before its newline or CRLF. */
function lineEnd(text: string, from: number): number {
  const newline = text.indexOf("\n", from);
  const end = newline < 0 ? text.length : newline;
  return text[end - 1] === "\r" ? end - 1 : end;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (isBlank(text[at])) at++;
  return at;
}

/** A name of a variable has letters, digits and `_`, no digit first. */
function skipName(text: string, from: number): number {
  let at = from;
  while (isNameCharacter(text.charCodeAt(at), at > from)) at++;
  return at;
}

function isNameCharacter(code: number, digits: boolean): boolean {
  const letter = code | 0x20;
  return (letter >= 0x61 && letter <= 0x7a) || code === 0x5f ||
    (digits && code >= 0x30 && code <= 0x39);
}

function isBlank(character: string | undefined): boolean {
  return character === " " || character === "\t";
}

/**
 * The format of `local.env`: one assignment a line, nothing expanded, nothing evaluated.
 *
 * @module
 */

import { hasControlCharacter } from "../text/control_characters.ts";

/** One assignment of the file. */
export interface LocalEnvEntry {
  /** The value, without its quotes. */
  readonly value: string;
  /** The line that it stands on, counted from 1. */
  readonly line: number;
}

/** A line that is no assignment. */
export class LocalEnvError extends Error {
  /** Told apart by this in a trace. */
  override readonly name = "LocalEnvError";

  /**
   * Makes the error, to be thrown.
   *
   * @param line The line, counted from 1.
   * @param message What is wrong with it. Never the line itself, which may hold a secret.
   */
  constructor(readonly line: number, message: string) {
    super(message);
  }
}

const BYTE_ORDER_MARK = "\uFEFF";
const ASSIGNMENT = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s;

/**
 * Reads the lines `KEY="VALUE"`, `KEY='VALUE'` and `KEY=VALUE`, with an optional leading `export`.
 * `#` begins a comment, on a line of its own or after white space behind a value. A byte order mark
 * and CRLF are accepted. The last assignment of a name wins.
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
 * assertEquals(entries.get("OP_ITEM"), { value: "op://Work/litellm", line: 2 });
 * ```
 */
export function parseLocalEnv(text: string): Map<string, LocalEnvEntry> {
  const entries = new Map<string, LocalEnvEntry>();
  const lines = (text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text).split("\n");
  for (const [index, content] of lines.entries()) {
    const line = index + 1;
    const trimmed = content.trimStart();
    if (trimmed === "" || trimmed.startsWith("#")) continue;
    const [, name, written] = ASSIGNMENT.exec(content) ?? [];
    if (name === undefined || written === undefined) {
      throw new LocalEnvError(line, "is not NAME=VALUE");
    }
    const value = unquote(written, line);
    if (hasControlCharacter(value.replaceAll("\t", ""))) {
      throw new LocalEnvError(line, `has a control character in the value of ${name}`);
    }
    entries.set(name, { value, line });
  }
  return entries;
}

function unquote(written: string, line: number): string {
  const quote = written.charAt(0);
  if (quote !== '"' && quote !== "'") {
    const value = written.slice(0, commentStart(written)).trimEnd();
    if (value.trimStart() !== value) throw new LocalEnvError(line, "has a space behind the =");
    return value;
  }
  const end = written.indexOf(quote, 1);
  if (end < 0) throw new LocalEnvError(line, `has no closing ${quote}`);
  const rest = written.slice(end + 1);
  if (rest.trim() !== "" && !/^\s+#/.test(rest)) {
    throw new LocalEnvError(line, `goes on after the closing ${quote}`);
  }
  return written.slice(1, end);
}

/**
 * Finds the comment behind a value without quotes.
 *
 * @param written What stands behind the `=`.
 * @returns Where its `#` is, at the beginning or behind white space; the end if there is none.
 */
export function commentStart(written: string): number {
  const mark = /(?<!\S)#/.exec(written);
  return mark?.index ?? written.length;
}

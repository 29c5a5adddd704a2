/**
 * What claude-key reports to people, on stderr, in one manner. Beside it only questions and the
 * waiting notice are written there, where it is a terminal.
 *
 * @module
 */

import { escapeControlCharacters } from "../text/control_characters.ts";
import { Failure } from "../failure/failure.ts";
import { writeToStderr } from "./standard_streams.ts";

let debugging = false;

/**
 * Turns on the debug line, and traces of defects.
 *
 * @param on Whether `CLAUDE_DEBUG` is `1`.
 */
export function setDebugging(on: boolean): void {
  debugging = on;
}

/**
 * Says where the key comes from, if that is asked for.
 *
 * @param text One line. Never the key.
 */
export function debug(text: string): void {
  if (debugging) say(text);
}

/**
 * Writes one line to stderr. Control characters are shown, never sent: what is quoted may come
 * from a hostile file.
 *
 * @param text The line, without the leading `claude-key:`.
 */
function say(text: string): void {
  writeToTerminal(`claude-key: ${escapeControlCharacters(text)}\n`);
}

/**
 * Tells people of something that did not go as it should, while the key is delivered all the same.
 *
 * @param text One line.
 * @param hints What to do about it, one line each.
 */
export function warn(text: string, ...hints: readonly string[]): void {
  say(`warning: ${text}`);
  sayHints(hints);
}

function sayHints(hints: readonly string[]): void {
  for (const hint of hints) say(`hint: ${hint}`);
}

/**
 * Shows what `op` says, as it is: it may be a question that waits for an answer.
 *
 * @param words What it wrote to its stderr.
 */
export function passOn(words: Uint8Array): void {
  write(words);
}

/**
 * Writes to a terminal, as it is: a question, a notice that goes again.
 *
 * @param text What to write, with no more of a name or a newline than it has.
 */
export function writeToTerminal(text: string): void {
  write(new TextEncoder().encode(text));
}

/**
 * Tells people why there is no result: one `error:` line, then one `hint:` line for each cure.
 *
 * @param error What was thrown. Anything but a {@linkcode Failure} is a defect of claude-key.
 * @returns The status to exit with.
 */
export function reportError(error: unknown): number {
  const failure = error instanceof Failure ? error : unexpected(error);
  say(`error: ${failure.message}`);
  sayHints(failure.hints);
  if (debugging && failure !== error) {
    for (const line of trace(failure)) say(`debug: ${line}`);
  }
  return failure.exitStatus;
}

function unexpected(error: unknown): Failure {
  return new Failure(
    "other",
    `unexpected: ${String(error)}`,
    ["this is a defect; repeat with CLAUDE_DEBUG=1 and report what it prints"],
    { cause: error },
  );
}

function trace(error: Error): string[] {
  const lines = error.stack?.split("\n") ?? [];
  return error.cause instanceof Error ? [...lines, "caused by", ...trace(error.cause)] : lines;
}

/** How long what has to be said waits for a reader that takes nothing, in milliseconds. */
const PATIENCE = 1_000;

function write(bytes: Uint8Array): void {
  try {
    writeToStderr(bytes, PATIENCE);
  } catch {
    // Nobody reads stderr; what the program is asked for goes on without it.
  }
}

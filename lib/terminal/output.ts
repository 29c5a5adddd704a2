/**
 * Writes to stdout, which carries only what was asked for.
 *
 * @module
 */

import { Failure } from "../failure/failure.ts";
import { escapeControlCharacters } from "../text/control_characters.ts";
import { writeToStdout } from "./standard_streams.ts";

/**
 * Writes a text whole.
 *
 * @param text What was asked for.
 * @throws {Failure} Of kind `other` if it cannot be delivered.
 */
export function print(text: string): void {
  try {
    writeToStdout(new TextEncoder().encode(text));
  } catch (error) {
    if (error instanceof Deno.errors.BrokenPipe) {
      throw new Failure("other", "nobody reads what was asked for");
    }
    throw new Failure("other", `cannot write to stdout: ${(error as Error).message}`);
  }
}

/**
 * Writes a line for people. Control characters in it are shown, never sent: a name may come from
 * somebody who means harm.
 *
 * @param line The line, without a newline.
 * @throws {Failure} Of kind `other` if it cannot be delivered.
 */
export function printLine(line: string): void {
  print(`${escapeControlCharacters(line)}\n`);
}

/**
 * Asks before something that may make 1Password ask.
 *
 * @module
 */

import { escapeControlCharacters } from "../text/control_characters.ts";
import { writeToTerminal } from "../terminal/report.ts";
import { LineReader } from "../terminal/line_reader.ts";

/** Whether a person can be asked: there is a terminal to ask at, and to answer from. */
export function canAsk(): boolean {
  return Deno.stdin.isTerminal() && Deno.stderr.isTerminal();
}

/**
 * Asks a question that is answered by yes or no.
 *
 * @param question The question, in one line.
 * @param signal Ends the waiting; its reason is then thrown.
 * @returns Whether the answer is yes, which an empty line is too.
 */
export async function consents(question: string, signal: AbortSignal): Promise<boolean> {
  writeToTerminal(`claude-key: ${escapeControlCharacters(question)} [Y/n] `);
  try {
    const answer = await new LineReader().next(signal);
    return answer !== undefined && /^\s*(?:y|yes)?\s*$/i.test(answer);
  } catch (error) {
    writeToTerminal("\n");
    throw error;
  }
}

/**
 * Runs `op` for what it prints, and understands it when it fails.
 *
 * @module
 */

import { Failure } from "../failure/failure.ts";
import { debug } from "../terminal/report.ts";
import { bareWords, type Question, understandFailure } from "./failure_words.ts";
import { runOp, type RunOptions } from "./run.ts";

/**
 * Asks `op`. This may prompt.
 *
 * @param args Its arguments. Never a secret.
 * @param options How to run it.
 * @param question What the arguments ask for, to be named in messages.
 * @returns What it printed; longer than the limit if it was ended for printing too much.
 * @throws {Failure} If it fails, whatever the cause.
 */
export async function askOp(
  args: readonly string[],
  options: RunOptions,
  question: Omit<Question, "command">,
): Promise<Uint8Array> {
  const result = await runOp(args, options);
  if (result.success || result.stdout.length > options.limit) return result.stdout;
  if (result.killedBy === "SIGINT") throw new Failure("interrupted", "interrupted");
  if (result.killedBy !== null) {
    throw new Failure("other", `op was killed by ${result.killedBy}`, [
      "run the same command again",
    ]);
  }
  const failure = understandFailure(result.words, { ...question, command: args });
  if (failure.kind === "other") {
    bareWords(result.words).forEach((line) => debug(`op said: ${line}`));
  }
  throw failure;
}

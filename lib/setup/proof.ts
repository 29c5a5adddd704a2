/**
 * Proves that a configuration works before it is written.
 *
 * @module
 */

import { secretFor } from "../configuration/configuration.ts";
import { Failure } from "../failure/failure.ts";
import { obtainKey } from "../key/obtain_key.ts";
import { formatReference } from "../configuration/secret_reference.ts";
import { type Answers, referenceOf } from "./answers.ts";
import type { Dialogue } from "./dialogue.ts";
import type { SetupGroundwork } from "./groundwork.ts";

/**
 * Reads the key once, from 1Password whatever the cache has, on the ordinary way: it is cached, so
 * that the next command has it, and neither shown nor returned.
 *
 * @param answers What is to be proved.
 * @param ground How the key is got and kept.
 * @param dialogue Tells the user.
 * @throws {Failure} If there is no key to be had.
 */
export async function prove(
  answers: Answers,
  ground: SetupGroundwork,
  dialogue: Dialogue,
): Promise<void> {
  const { principal, terms, folder, uid } = ground;
  const reference = referenceOf(answers);
  const secret = secretFor(principal, reference, answers.account);
  // The places that a hint would name do not say yet what is being tried.
  const { whereToSet: _, ...others } = terms;
  const configuration = { ...others, staleIfError: 0, secret };
  try {
    await obtainKey({ configuration, folder, uid, from: "1Password" });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(error.kind, error.message, [
      ...error.hints,
      "nothing was written; to give other answers, run: claude-key setup",
    ]);
  }
  dialogue.tell(`${formatReference(reference)} can be read`);
}

/**
 * Proves that a configuration works before it is written.
 *
 * @module
 */

import { type Principal, secretFor, type Terms } from "../configuration/configuration.ts";
import { Failure } from "../failure/failure.ts";
import { obtainKey } from "../key/key.ts";
import { formatReference } from "../configuration/secret_reference.ts";
import { type Answers, referenceOf } from "./answers.ts";
import type { Dialogue } from "./dialogue.ts";

/** How the key is read. */
export interface ProofTerms {
  /** Who asks for the key. */
  readonly principal: Principal;
  /** How keys are got and kept. */
  readonly terms: Terms;
  /** The cache folder, without symbolic links. */
  readonly cacheFolder: string;
  /** The user that runs this, or `null` where the system has no such numbers. */
  readonly uid: number | null;
}

/**
 * Reads the key once, from 1Password whatever the cache has, on the ordinary way: it is cached, so
 * that the next command has it, and neither shown nor returned.
 *
 * @param answers What is to be proved.
 * @param how How the key is read.
 * @param dialogue Tells the user.
 * @throws {Failure} If there is no key to be had.
 */
export async function prove(answers: Answers, how: ProofTerms, dialogue: Dialogue): Promise<void> {
  const { principal, terms, cacheFolder, uid } = how;
  const reference = referenceOf(answers);
  const secret = secretFor(principal, reference, answers.account);
  // The places that a hint would name do not say yet what is being tried.
  const { places: _, ...others } = terms;
  const configuration = { ...others, staleIfError: 0, secret };
  try {
    await obtainKey({ configuration, folder: cacheFolder, uid, refresh: true });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(
      error.kind,
      error.message,
      [...error.hints, "nothing was written; to give other answers, run: claude-key setup"],
      { cause: error },
    );
  }
  dialogue.tell(`${formatReference(reference)} can be read`);
}

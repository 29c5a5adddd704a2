/**
 * Failures as values: `doctor` goes on after each.
 *
 * @module
 */

import { Failure } from "../failure/failure.ts";

/** What came of an attempt. */
export type Outcome<T> = { readonly value: T } | { readonly failure: Failure };

/**
 * Tries something.
 *
 * @param act What to try.
 * @returns What came of it.
 * @throws Whatever is thrown and no {@linkcode Failure}: a defect of claude-key is no finding.
 */
export function outcomeOf<T>(act: () => T): Outcome<T> {
  try {
    return { value: act() };
  } catch (error) {
    if (error instanceof Failure) return { failure: error };
    throw error;
  }
}

/**
 * Waits for something that may fail.
 *
 * @param promise What to wait for.
 * @returns What came of it.
 * @throws Whatever is no {@linkcode Failure}, and Ctrl-C and its like: they end `doctor`.
 */
export async function settled<T>(promise: Promise<T>): Promise<Outcome<T>> {
  try {
    return { value: await promise };
  } catch (error) {
    const ends = !(error instanceof Failure) || error.kind === "interrupted" ||
      error.kind === "terminated";
    if (ends) throw error;
    return { failure: error };
  }
}

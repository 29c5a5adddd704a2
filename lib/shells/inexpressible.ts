/**
 * The failure of every dialect: a value that it cannot hand over unaltered.
 *
 * @module
 */

import { Failure } from "../failure/failure.ts";

/**
 * Makes the failure for a value that cannot be handed over. Nothing of the value is shown: it may
 * be the key.
 *
 * @param variable The name of the variable.
 * @param reason What is wrong, as the end of the sentence "the value of … ", without the value.
 * @param hint The cure, one line; by default, to change the value where it is set.
 * @returns A failure of kind `other`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { message } = inexpressible("ANTHROPIC_MODEL", "is empty, which cmd cannot express");
 * assertEquals(message, 'the value of "ANTHROPIC_MODEL" is empty, which cmd cannot express');
 * ```
 */
export function inexpressible(
  variable: string,
  reason: string,
  hint = `change ${variable} where it is set: in 1Password, in local.env or in your environment`,
): Failure {
  return new Failure("other", `the value of "${variable}" ${reason}`, [hint]);
}

/**
 * Reads one secret with `op read`.
 *
 * @module
 */

import type { Secret, WhereToSet } from "../configuration/configuration.ts";
import { formatReference } from "../configuration/secret_reference.ts";
import { LARGEST_KEY_LINE } from "../text/key_line.ts";
import { keyOf, type ReadKey } from "./answer.ts";
import { opArguments, usableAccount } from "./arguments.ts";
import { askOp } from "./ask.ts";
import type { RunOptions } from "./run.ts";

/** How a secret is to be read. */
export interface ReadOptions extends Omit<RunOptions, "limit"> {
  /** Where to correct what names the secret, if it has been configured. */
  readonly whereToSet?: WhereToSet;
}

/**
 * Asks 1Password for a secret. This may prompt.
 *
 * @param secret What to ask for.
 * @param options How.
 * @returns The key.
 * @throws {Failure} If there is none; of kind `no field` if the item has no such field.
 */
export async function readSecret(secret: Secret, options: ReadOptions): Promise<ReadKey> {
  const { reference } = secret;
  const account = usableAccount(secret.account, options.whereToSet?.OP_ACCOUNT);
  const args = opArguments(["read"], {
    operand: formatReference(reference),
    options: { account },
  });
  const stdout = await askOp(args, { ...options, limit: LARGEST_KEY_LINE }, {
    reference,
    ...(account !== undefined && { account }),
    ...(options.whereToSet !== undefined && { whereToSet: options.whereToSet }),
  });
  return keyOf(stdout, reference, options.whereToSet?.OP_FIELD);
}

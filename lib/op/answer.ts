/**
 * Decides whether what `op` printed is a key.
 *
 * @module
 */

import { LARGEST_KEY_LINE, readKeyLine } from "../text/key_line.ts";
import { Failure } from "../failure/failure.ts";
import { formatReference, type SecretReference } from "../configuration/secret_reference.ts";

/** A key from 1Password. */
export interface ReadKey {
  /** At least one character, no control characters, no white space. */
  readonly key: string;
  /** Whether there was white space around it in 1Password, which people should know. */
  readonly surrounded: boolean;
}

/**
 * Takes the key out of what `op read` printed: all of it but the newline at its end, and white space
 * around it.
 *
 * @param stdout What `op` printed.
 * @param reference What was asked for, to be named in messages.
 * @param place Where to set another field, in words that fit behind «set».
 * @returns The key.
 * @throws {Failure} Of kind `not found` if it is empty, has white space or control characters inside,
 * or cannot be text: that is another field than the one with the key.
 */
export function keyOf(
  stdout: Uint8Array,
  reference: SecretReference,
  place: string = "OP_FIELD",
): ReadKey {
  const wrongField = (what: string): Failure =>
    new Failure("not found", `${formatReference(reference)} ${what}, so it is not an API key`, [
      `name the field that holds the key: set ${place}`,
    ]);
  const line = withoutNewline(stdout);
  if (line.length >= LARGEST_KEY_LINE) throw wrongField("is longer than 64 KiB");
  const read = readKeyLine(line);
  if ("problem" in read) throw wrongField(read.problem);
  return read;
}

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

function withoutNewline(bytes: Uint8Array): Uint8Array {
  if (bytes.at(-1) !== NEWLINE) return bytes;
  return bytes.subarray(0, bytes.at(-2) === CARRIAGE_RETURN ? -2 : -1);
}

/**
 * `claude-key get`.
 *
 * @module
 */

import type { Invocation } from "../command_line/arguments.ts";
import { print } from "../terminal/output.ts";
import { confineAndObtainKey, keySource, openSession } from "../key/session.ts";

/**
 * Prints the key alone and a newline.
 *
 * @param invocation The command line.
 * @throws {Failure} If there is no key to be had.
 */
export async function run(invocation: Invocation): Promise<void> {
  const from = keySource(invocation);
  const { configuration } = await openSession(invocation);
  const key = await confineAndObtainKey(configuration, from);
  print(`${key}\n`);
}

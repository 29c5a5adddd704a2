/**
 * Writes to stdout, which carries only what was asked for.
 *
 * @module
 */

import { Failure } from "../failure/failure.ts";

/**
 * Writes a text whole.
 *
 * @param text What was asked for.
 * @throws {Failure} Of kind `other` if it cannot be delivered.
 */
export function print(text: string): void {
  const bytes = new TextEncoder().encode(text);
  let written = 0;
  try {
    while (written < bytes.length) written += Deno.stdout.writeSync(bytes.subarray(written));
  } catch (error) {
    if (error instanceof Deno.errors.BrokenPipe) {
      throw new Failure("other", "nobody reads what was asked for");
    }
    throw new Failure("other", `cannot write to stdout: ${(error as Error).message}`);
  }
}

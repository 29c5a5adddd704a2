/**
 * Values in messages.
 *
 * @module
 */

import { withoutPassword } from "./without_password.ts";

/** What may be an address with a password in it. */
const ADDRESS = /:\/.*@/s;

/**
 * Quotes a value for a message and keeps it short.
 *
 * @param value Something of the user's: a path, a name, a word of the command line. Never a key.
 * @returns The value in double quotes, cut after 200 characters; an address without its password.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(quoted("12 hours"), '"12 hours"');
 * assertEquals(quoted("htps://ada:secret@litellm"), '"htps://litellm"');
 * ```
 */
export function quoted(value: string): string {
  const shown = ADDRESS.test(value) ? withoutPassword(value) : value;
  return `"${shown.length > 200 ? `${shown.slice(0, 200)}…` : shown}"`;
}

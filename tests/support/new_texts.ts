/**
 * Texts that a person has agreed to, in files beside their tests.
 *
 * @module
 */

/** `CLAUDE_KEY_NEW_TEXTS=1` writes them anew, to be read before they are believed. */
export const NEW_TEXTS = Deno.env.get("CLAUDE_KEY_NEW_TEXTS") === "1";

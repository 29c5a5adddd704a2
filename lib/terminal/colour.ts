/**
 * Colour, where somebody sees it.
 *
 * @module
 */

import { environmentVariable } from "../configuration/user_settings.ts";
import { Failure } from "../failure/failure.ts";

const CODES = { bold: "1", red: "31", green: "32", yellow: "33" } as const;

/** What a text can be painted with. */
export type Colour = keyof typeof CODES;

/** Paints a text. */
export type Paint = (text: string, colour: Colour) => string;

/**
 * Chooses whether stdout gets colour: only a terminal, and not if `NO_COLOR` is set to anything
 * [no-color.org].
 *
 * @param terminal Whether stdout is a terminal.
 * @param noColor The value of `NO_COLOR`, if it is set.
 * @returns What paints, or what leaves every text as it is.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(painter(true, undefined)("usable", "green"), "\x1b[32musable\x1b[0m");
 * assertEquals(painter(true, "1")("usable", "green"), "usable");
 * assertEquals(painter(false, undefined)("usable", "green"), "usable");
 * ```
 */
export function painter(terminal: boolean, noColor: string | undefined): Paint {
  if (!terminal || noColor) return (text) => text;
  return (text, colour) => `\x1b[${CODES[colour]}m${text}\x1b[0m`;
}

/**
 * Chooses for the stdout of this run.
 *
 * @returns As {@linkcode painter}.
 */
export function stdoutPainter(): Paint {
  return painter(Deno.stdout.isTerminal(), noColour());
}

/** A value that is not even text is one. */
function noColour(): string | undefined {
  try {
    return environmentVariable("NO_COLOR");
  } catch (error) {
    if (error instanceof Failure) return "set";
    throw error;
  }
}

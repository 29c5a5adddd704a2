/**
 * Tells a person at a terminal what the silence is about.
 *
 * @module
 */

import { writeToTerminal } from "./report.ts";

const PATIENCE = 500;
const TEXT = "claude-key: waiting for 1Password …";

/** Consoles of Windows print an escape sequence if they are not told otherwise. «^C» may stand behind. */
const ERASE_LINE = `\r${" ".repeat(TEXT.length + "^C".length)}\r`;

/** One line that comes after half a second and goes when its reason does. */
export class WaitingNotice {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #shown = false;

  /** Starts the half second, if stderr is a terminal. */
  constructor() {
    if (!Deno.stderr.isTerminal()) return;
    this.#timer = setTimeout(() => {
      this.#shown = true;
      writeToTerminal(TEXT);
    }, PATIENCE);
  }

  /**
   * Makes way for the words of the program that is waited for.
   *
   * @param take Takes them.
   * @returns What takes them once the notice is gone.
   */
  givingWayTo(take: (words: Uint8Array) => void): (words: Uint8Array) => void {
    return (words) => {
      this[Symbol.dispose]();
      take(words);
    };
  }

  /** Makes room for somebody else's words on the terminal, for good. */
  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    if (this.#shown) writeToTerminal(ERASE_LINE);
    this.#shown = false;
  }
}

/**
 * Somebody who answers questions, where no terminal device is needed.
 *
 * @module
 */

import { Dialogue } from "../../lib/setup/dialogue.ts";

/** Lines that are typed one after the other, and the screen on which they appear. */
export class TypedLines {
  /** What the screen shows, with what is typed. */
  screen = "";
  /** What is typed to the questions. */
  readonly dialogue: Dialogue;
  readonly #lines: string[];

  /**
   * Sits down.
   *
   * @param lines What will be typed; if there is nothing, nothing may be asked.
   */
  constructor(lines: readonly string[]) {
    this.#lines = [...lines];
    this.dialogue = new Dialogue(lines.length > 0, new AbortController().signal, {
      lines: { next: () => Promise.resolve(this.#next()) },
      write: (text) => void (this.screen += text),
    });
  }

  /** What was not asked for. */
  get left(): readonly string[] {
    return this.#lines;
  }

  #next(): string | undefined {
    const line = this.#lines.shift();
    if (line !== undefined) this.screen += `${line}\n`;
    return line;
  }
}

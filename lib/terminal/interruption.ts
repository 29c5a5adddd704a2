/**
 * Ctrl-C and its like while 1Password is waited for.
 *
 * @module
 */

import { Failure } from "../failure/failure.ts";

const FAILURES: readonly (readonly [Deno.Signal, () => Failure])[] = [
  ["SIGINT", () => new Failure("interrupted", "interrupted")],
  ["SIGTERM", () => new Failure("terminated", "told to end")],
  ["SIGHUP", () => new Failure("terminated", "the terminal is gone")],
];

/** Turns signals into an orderly end: no child, no temporary file, no lock stays behind. */
export class Interruption {
  readonly #controller = new AbortController();
  readonly #listeners: (readonly [Deno.Signal, () => void])[] = [];

  /** Begins to listen. */
  constructor() {
    for (const [signal, failure] of FAILURES) {
      const listener = (): void => this.#controller.abort(failure());
      try {
        Deno.addSignalListener(signal, listener);
        this.#listeners.push([signal, listener]);
      } catch {
        // Windows does not have them all.
      }
    }
  }

  /** Aborted, with a {@linkcode Failure} as its reason, when a signal came. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Stops listening. */
  [Symbol.dispose](): void {
    for (const [signal, listener] of this.#listeners) Deno.removeSignalListener(signal, listener);
  }
}

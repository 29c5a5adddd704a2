/**
 * Tells a person at a terminal what the silence is about.
 *
 * @module
 */

const PATIENCE = 500;
const TEXT = "claude-key: waiting for 1Password …";
const ERASE_LINE = "\r\x1b[K";

/** One line that comes after half a second and goes when its reason does. */
export class WaitingNotice {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #shown = false;

  /** Starts the half second, if stderr is a terminal. */
  constructor() {
    if (!Deno.stderr.isTerminal()) return;
    this.#timer = setTimeout(() => {
      this.#shown = true;
      write(TEXT);
    }, PATIENCE);
  }

  /** Makes room for somebody else's words on the terminal, for good. */
  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    if (this.#shown) write(ERASE_LINE);
    this.#shown = false;
  }
}

function write(text: string): void {
  try {
    Deno.stderr.writeSync(new TextEncoder().encode(text));
  } catch {
    // The terminal is gone.
  }
}

/**
 * An `op` in the same process: no program is started in its place.
 *
 * @module
 */

/** What such an `op` prints, and how it ends. */
interface Ending {
  /** What it prints to stdout. */
  readonly printed?: string;
  /** What it writes to stderr. */
  readonly words?: string;
  /** Whether it ends with status 0. */
  readonly success: boolean;
}

/**
 * Does something while whatever is to be started has ended already.
 *
 * @param start Takes the arguments and says how it has ended; what it throws is thrown where it is
 * started.
 * @param act What is done.
 * @returns What comes of it.
 */
export async function withUnstarted<T>(
  start: (args: readonly string[]) => Ending,
  act: () => Promise<T>,
): Promise<T> {
  const { Command } = Deno;
  class Unstarted {
    readonly #args: readonly string[];
    constructor(_command: string, { args }: { args: readonly string[] }) {
      this.#args = args;
    }
    spawn(): unknown {
      const { printed = "", words = "", success } = start(this.#args);
      const [stdout, stderr] = [printed, words].map((text) => new Blob([text]).stream());
      return { stdout, stderr, status: Promise.resolve({ success, signal: null }) };
    }
  }
  try {
    Object.assign(Deno, { Command: Unstarted });
    return await act();
  } finally {
    Object.assign(Deno, { Command });
  }
}

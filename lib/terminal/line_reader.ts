/**
 * Reads lines from stdin.
 *
 * @module
 */

/** Takes stdin line by line, and no more of it than it must: `op` reads there too. */
export class LineReader {
  readonly #source: Pick<typeof Deno.stdin, "read">;
  readonly #decoder = new TextDecoder();
  #rest = "";

  /**
   * Begins with what comes next.
   *
   * @param source What to read in the place of stdin.
   */
  constructor(source: Pick<typeof Deno.stdin, "read"> = Deno.stdin) {
    this.#source = source;
  }

  /**
   * Waits for a line.
   *
   * @param signal Ends the wait; its reason is then thrown.
   * @returns The line without its end, or nothing if there are no more.
   */
  async next(signal: AbortSignal): Promise<string | undefined> {
    const chunk = new Uint8Array(1024);
    while (!this.#rest.includes("\n")) {
      const count = await orAborted(this.#source.read(chunk), signal);
      if (count === null) {
        const last = this.#rest;
        this.#rest = "";
        return last === "" ? undefined : last;
      }
      this.#rest += this.#decoder.decode(chunk.subarray(0, count), { stream: true });
    }
    const end = this.#rest.indexOf("\n");
    const line = this.#rest.slice(0, end);
    this.#rest = this.#rest.slice(end + 1);
    return line;
  }
}

async function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener("abort", onAbort);
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

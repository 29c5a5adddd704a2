/**
 * Asks before something that may make 1Password ask.
 *
 * @module
 */

/** Whether a person can be asked: there is a terminal to ask at, and to answer from. */
export function canAsk(): boolean {
  return Deno.stdin.isTerminal() && Deno.stderr.isTerminal();
}

/**
 * Asks a question that is answered by yes or no.
 *
 * @param question The question, in one line.
 * @param signal Ends the waiting; its reason is then thrown.
 * @returns Whether the answer is yes, which an empty line is too.
 */
export async function consents(question: string, signal: AbortSignal): Promise<boolean> {
  Deno.stderr.writeSync(new TextEncoder().encode(`claude-key: ${question} [Y/n] `));
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => {
    Deno.stderr.writeSync(new TextEncoder().encode("\n"));
    reject(signal.reason);
  };
  signal.addEventListener("abort", onAbort);
  try {
    const buffer = new Uint8Array(256);
    const length = await Promise.race([Deno.stdin.read(buffer), aborted]);
    if (length === null) return false;
    const answer = new TextDecoder().decode(buffer.subarray(0, length)).trim().toLowerCase();
    return ["", "y", "yes"].includes(answer);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

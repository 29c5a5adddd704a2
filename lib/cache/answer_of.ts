/**
 * Waits for the system, and not for ever.
 *
 * @module
 */

/**
 * Waits for an answer. What does not answer goes on in its thread, and ends with the process.
 *
 * @param answer What is waited for; it does not fail.
 * @param time How long, in milliseconds.
 * @param signal Ends the wait; its reason is then thrown.
 * @returns The answer, or nothing if it did not come in time.
 * @throws The reason of `signal`.
 */
export async function answerOf<T>(
  answer: Promise<T>,
  time: number,
  signal?: AbortSignal,
): Promise<T | undefined> {
  signal?.throwIfAborted();
  const { promise: end, resolve, reject } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), time);
  const onAbort = (): void => reject(signal?.reason);
  signal?.addEventListener("abort", onAbort);
  try {
    return await Promise.race([answer, end]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}

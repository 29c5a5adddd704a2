/**
 * Waits that end: what does not come is a failure, not a slow test.
 *
 * @module
 */

/** How long anything may take before a test fails, in milliseconds; far more than under load. */
const DEADLINE = 60_000;

/**
 * Runs a program to its end, or kills it.
 *
 * @param command The program.
 * @param options How it is run: with no input, and its output piped, if nothing else is said.
 * @param deadline How long it may take at the most, in milliseconds.
 * @returns What came of it.
 */
export async function outputOf(
  command: string,
  options: Deno.CommandOptions = {},
  deadline: number = DEADLINE,
): Promise<Deno.CommandOutput> {
  const streams = { stdin: "null", stdout: "piped", stderr: "piped" } as const;
  const child = new Deno.Command(command, { ...streams, ...options }).spawn();
  const ending = `${[command, ...options.args ?? []].join(" ")} ends`;
  return await orKilled(ending, child, child.output(), deadline);
}

/**
 * Waits for what a program brings, or kills it.
 *
 * @param what What is waited for, to be named when it does not come.
 * @param child The program.
 * @param coming What is waited for.
 * @param deadline How long to wait at the most, in milliseconds.
 * @returns What came.
 */
export async function orKilled<T>(
  what: string,
  child: Deno.ChildProcess,
  coming: Promise<T>,
  deadline: number = DEADLINE,
): Promise<T> {
  try {
    return await within(what, coming, deadline);
  } catch (error) {
    try {
      child.kill("SIGKILL");
    } catch {
      // It has ended by itself.
    }
    throw error;
  }
}

/**
 * Waits for what must not take for ever.
 *
 * @param what What is waited for, to be named when it does not come.
 * @param coming What is waited for.
 * @param deadline How long to wait at the most, in milliseconds.
 * @returns What came.
 */
export async function within<T>(
  what: string,
  coming: Promise<T>,
  deadline: number = DEADLINE,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(inVain(what, deadline)), deadline);
  });
  try {
    return await Promise.race([coming, expired]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Polls until something is so.
 *
 * @param what What is waited for, to be named when it does not come.
 * @param condition Whether it is so.
 * @param deadline How long to wait at the most, in milliseconds.
 */
export async function until(
  what: string,
  condition: () => boolean,
  deadline: number = DEADLINE,
): Promise<void> {
  const end = Date.now() + deadline;
  while (!condition()) {
    if (Date.now() > end) throw inVain(what, deadline);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function inVain(what: string, deadline: number): Error {
  return new Error(`waited ${deadline} ms in vain: ${what}`);
}

/**
 * How often what is tried at random is tried: short by default, long with `CLAUDE_KEY_LONG_TESTS=1`.
 *
 * @module
 */

/** Whether the long figures are wanted. */
export const LONG = Deno.env.get("CLAUDE_KEY_LONG_TESTS") === "1";

/**
 * Chooses how often something is tried.
 *
 * @param short How often by default.
 * @param long How often when the long figures are wanted.
 * @returns One of them.
 */
export function times(short: number, long: number): number {
  return LONG ? long : short;
}

/**
 * Prints one figure as a line of its own, so that the logs of two runs can be compared.
 *
 * @param name What was tried.
 * @param values What came of it, by name.
 */
export function figure(name: string, values: Readonly<Record<string, number | string>>): void {
  const parts = Object.entries(values).map(([what, value]) => `${what} ${value}`);
  Deno.stdout.writeSync(new TextEncoder().encode(`figure: ${name}: ${parts.join(", ")}\n`));
}

/**
 * Keys that show whether they are whole.
 *
 * @module
 */

const REPETITIONS = 700;

/**
 * Makes a key that repeats a number, so that a part of one, or parts of two, cannot pass.
 *
 * @param number A number below ten million.
 * @returns A key of 4,900 characters, which is more than a page.
 */
export function longKey(number: number): string {
  return String(number).padStart(7, "0").repeat(REPETITIONS);
}

/**
 * Tells whether a key is whole.
 *
 * @param key A key.
 * @returns Whether {@linkcode longKey} made it.
 */
export function isWhole(key: string): boolean {
  return key === longKey(Number(key.slice(0, 7)));
}

/**
 * Bytes that look enough like the real thing to get past the first check.
 *
 * @module
 */

/** A source of random numbers that a seed repeats. */
export class Random {
  #state: number;

  /** @param seed What makes it repeat; it is printed with a failure. */
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /**
   * Draws a whole number [mulberry32].
   *
   * @param bound How many there are to draw from.
   * @returns A number from 0, below the bound.
   */
  below(bound: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor(((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32 * bound);
  }

  /** Draws one of a list. */
  oneOf<T>(list: readonly [T, ...T[]]): T {
    return list[this.below(list.length)] ?? list[0];
  }

  /**
   * Draws bytes: noise, or pieces of the real thing with noise in between.
   *
   * @param pieces What the real thing is made of.
   * @returns At most some hundred bytes.
   */
  bytes(pieces: readonly [string, ...string[]]): Uint8Array<ArrayBuffer> {
    const parts: number[] = [];
    for (let count = this.below(12); count > 0; count--) {
      if (this.below(3) > 0) parts.push(...ENCODER.encode(this.oneOf(pieces)));
      else for (let noise = this.below(6); noise > 0; noise--) parts.push(this.below(256));
    }
    return Uint8Array.from(parts);
  }

  /** Draws text, of pieces and of any characters but lone surrogates. */
  text(pieces: readonly [string, ...string[]]): string {
    return new TextDecoder().decode(this.bytes(pieces)).replaceAll("\ufeff", "");
  }
}

const ENCODER = new TextEncoder();

/**
 * When 1Password was asked, as clocks go that are set meanwhile.
 *
 * @module
 */

/** How much a file system may add to a time that it keeps in whole seconds, in milliseconds. */
const ROUNDING = 2_000;

/** A moment at which 1Password is asked, or somebody wants it to be. */
export class AskedTime {
  readonly #clock = Date.now();
  readonly #ticks = performance.now();
  readonly #seen: number | undefined;

  /**
   * Takes this moment.
   *
   * @param seen The time of the file that was there already, in milliseconds since 1970: it is not a
   * later one, whatever the clock says.
   */
  constructor(seen?: number) {
    this.#seen = seen;
  }

  /** The moment for others to see. If the clock has been set since, the earlier one. */
  get date(): Date {
    return new Date(Math.min(this.#clock, this.#byTicks()));
  }

  /**
   * Whether this moment lies before another one. In doubt it does not.
   *
   * @param time The time of a file, in milliseconds since 1970.
   * @returns Whether it does.
   */
  isBefore(time: number): boolean {
    if (time === this.#seen || time > Date.now()) return false;
    // Whole seconds may have been rounded up.
    const earliest = time % 1000 === 0 ? time - ROUNDING : time;
    return Math.max(this.#clock, this.#byTicks()) <= earliest;
  }

  #byTicks(): number {
    return Date.now() - (performance.now() - this.#ticks);
  }
}

/**
 * Durations as people write them in options and configuration.
 *
 * @module
 */

const SECONDS_PER_UNIT: Readonly<Record<string, number>> = {
  "": 1,
  s: 1,
  m: 60,
  h: 3_600,
  d: 86_400,
};

const TEN_YEARS = 10 * 365 * 86_400;

/**
 * Reads a duration: `90s`, `30m`, `12h`, `1d`, or whole seconds without a unit.
 *
 * @param text What the user wrote.
 * @returns The duration in seconds, or `undefined` if it is none, or longer than ten years.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseDuration("12h"), 43_200);
 * assertEquals(parseDuration("90"), 90);
 * assertEquals(parseDuration("1.5h"), undefined);
 * ```
 */
export function parseDuration(text: string): number | undefined {
  let digits = 0;
  while (isDigit(text[digits])) digits++;
  if (digits === 0 || digits > 9) return undefined;
  const seconds = Number(text.slice(0, digits)) * (SECONDS_PER_UNIT[text.slice(digits)] ?? NaN);
  return seconds <= TEN_YEARS ? seconds : undefined;
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= "0" && character <= "9";
}

const UNITS = [[86_400, "d"], [3_600, "h"], [60, "min"], [1, "s"]] as const;

/**
 * Writes a duration for people: its largest unit, and the next smaller one.
 *
 * @param seconds A duration in seconds, 0 or more.
 * @returns For example `11 h 59 min`, `2 d 3 h` or `8 s`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatDuration(43_140), "11 h 59 min");
 * assertEquals(formatDuration(43_201), "12 h");
 * ```
 */
export function formatDuration(seconds: number): string {
  const largest = UNITS.findIndex(([size]) => seconds >= size);
  if (largest < 0) return "0 s";
  let rest = Math.floor(seconds);
  const parts: string[] = [];
  for (const [size, unit] of UNITS.slice(largest, largest + 2)) {
    const count = Math.floor(rest / size);
    if (count > 0) parts.push(`${count} ${unit}`);
    rest -= count * size;
  }
  return parts.join(" ");
}

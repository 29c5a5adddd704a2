import { assertEquals } from "@std/assert";
import { AskedTime } from "../../lib/key/asked_time.ts";

const NOON = Date.UTC(2026, 0, 31, 12, 0, 0, 123);

/** Does something while the clocks stand still. */
function at<T>(wall: number, ticks: number, act: () => T): T {
  const clocks = [Date.now, performance.now] as const;
  try {
    Date.now = () => wall;
    performance.now = () => ticks;
    return act();
  } finally {
    [Date.now, performance.now] = clocks;
  }
}

/** Looks at a moment of noon, 5 s later; the clock has been set by so much meanwhile. */
function later<T>(look: (asked: AskedTime) => T, step?: number, seen?: number): T {
  const asked = at(NOON, 1_000, () => new AskedTime(seen));
  return at(NOON + 5_000 + (step ?? 0), 6_000, () => look(asked));
}

function isBefore(time: number, step?: number, seen?: number): boolean {
  return later((asked) => asked.isBefore(time), step, seen);
}

Deno.test("a moment is what the clock said, or earlier if it was set since", () => {
  assertEquals(later(({ date }) => date.getTime()), NOON);
  assertEquals(later(({ date }) => date.getTime(), 60_000), NOON);
  assertEquals(later(({ date }) => date.getTime(), -60_000), NOON - 60_000);
});

Deno.test("in doubt a file is not from after a moment", () => {
  assertEquals(isBefore(NOON + 1), true);
  assertEquals(isBefore(NOON), true);
  assertEquals(isBefore(NOON + 5_000), true);
  assertEquals(isBefore(NOON - 1), false);
  // From the future, so that the clock of one of the two was wrong.
  assertEquals(isBefore(NOON + 5_001), false);
  // The clock was set forward or back.
  assertEquals(isBefore(NOON + 59_999, 60_000), false);
  assertEquals(isBefore(NOON - 3_000, -4_000), false);
  // It was there before.
  assertEquals(isBefore(NOON + 1, 0, NOON + 1), false);
  // A file system may have rounded up to whole or even seconds.
  assertEquals(isBefore(NOON - 123 + 2_000), false);
  assertEquals(isBefore(NOON - 123 + 3_000), true);
});

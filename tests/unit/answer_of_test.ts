import { assertEquals } from "@std/assert";
import { answerOf } from "../../lib/cache/answer_of.ts";

const NEVER = new Promise<never>(() => {});
const LONG = 60_000;

/** What ends the wait, in words. */
async function endOf(wait: Promise<unknown>): Promise<string> {
  try {
    return `answer ${await wait}`;
  } catch (reason) {
    return `reason ${reason}`;
  }
}

Deno.test("an answer that comes in time is given, one that does not is none", async () => {
  const { signal } = new AbortController();
  assertEquals(await endOf(answerOf(Promise.resolve(false), LONG)), "answer false");
  assertEquals(await endOf(answerOf(Promise.resolve(false), LONG, signal)), "answer false");
  assertEquals(await endOf(answerOf(NEVER, 1)), "answer undefined");
  assertEquals(await endOf(answerOf(NEVER, 1, signal)), "answer undefined");
});

Deno.test("an interruption ends the wait, also one that came before it", async () => {
  const interruption = new AbortController();
  const wait = endOf(answerOf(NEVER, LONG, interruption.signal));
  interruption.abort("Ctrl-C");
  assertEquals(await wait, "reason Ctrl-C");
  // Whoever looks again and again for an answer may be elsewhere just then.
  assertEquals(await endOf(answerOf(NEVER, LONG, interruption.signal)), "reason Ctrl-C");
  const answer = Promise.resolve(true);
  assertEquals(await endOf(answerOf(answer, LONG, interruption.signal)), "reason Ctrl-C");
});

import { assertEquals } from "@std/assert";
import { Flight } from "../../lib/cache/flight.ts";
import { resolveFolder } from "../../lib/files/resolve_folder.ts";
import { until } from "../support/deadline.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

const TERMS = { patience: 60_000, answerTime: 60_000, signal: new AbortController().signal };

/** Lets each of many fail in turn, and tells what the one behind it hears of that. */
async function heard(
  shared: readonly (readonly [Parameters<Flight["share"]>[0], string?])[],
): Promise<unknown[]> {
  using temporary = new TemporaryFolder();
  const folder = resolveFolder(temporary.path);
  const join = (): Promise<Flight | undefined> => Flight.join(folder, "entry", TERMS);
  const all: unknown[] = [];
  let turn = await join();
  for (const [kind, entry] of shared) {
    // As one does who has heard nothing and asks for itself.
    turn?.sharedFailure([]);
    const left = Date.now();
    await until("what was left before is older", () => Date.now() > left);
    const next = join();
    turn?.share(kind, entry);
    turn?.[Symbol.dispose]();
    turn = await next;
    all.push(turn?.sharedFailure(["mine", "common"]));
  }
  turn?.[Symbol.dispose]();
  return all;
}

Deno.test("who waits hears of the failure before it, whatever the one before that has left", async () => {
  const kinds = ["locked", "app unreachable", "offline", "not found", "timed out"] as const;
  assertEquals(await heard(kinds.map((kind) => [kind])), [...kinds]);
});

Deno.test("who waits hears nothing of what is wrong for another one alone", async () => {
  assertEquals(
    await heard([
      ["not found", "other"],
      ["no field", "mine"],
      ["interrupted"],
      ["op missing"],
      ["locked", "common"],
      ["usage"],
    ]),
    [undefined, "no field", undefined, undefined, "locked", undefined],
  );
});

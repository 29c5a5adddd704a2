import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { outcomeOf, settled } from "../../lib/doctor/outcome.ts";
import { Failure } from "../../lib/failure/failure.ts";

const LOCKED = new Failure("locked", "locked");

function failing(error: Error): () => never {
  return () => {
    throw error;
  };
}

Deno.test("a failure is something that doctor finds", async () => {
  assertEquals(outcomeOf(() => 1), { value: 1 });
  assertEquals(outcomeOf(failing(LOCKED)), { failure: LOCKED });
  assertEquals(await settled(Promise.resolve(1)), { value: 1 });
  assertEquals(await settled(Promise.reject(LOCKED)), { failure: LOCKED });
});

Deno.test("a defect ends doctor, and so does whoever tells it to end", async () => {
  const defect = new TypeError("a defect");
  assertThrows(() => outcomeOf(failing(defect)), TypeError);
  await assertRejects(() => settled(Promise.reject(defect)), TypeError);
  for (const kind of ["interrupted", "terminated"] as const) {
    await assertRejects(() => settled(Promise.reject(new Failure(kind, kind))), Failure, kind);
  }
});

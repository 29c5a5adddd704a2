import { assertEquals, assertThrows } from "@std/assert";
import { Failure } from "../../lib/failure/failure.ts";
import { keyOf, type ReadKey } from "../../lib/op/answer.ts";

const REFERENCE = { vault: "Work", item: "litellm", field: "API Key" };

function read(stdout: string): ReadKey {
  return keyOf(new TextEncoder().encode(stdout), REFERENCE);
}

Deno.test("what op prints is the key, without the newline at its end", () => {
  for (const stdout of ["sk-1", "sk-1\n", "sk-1\r\n"]) {
    assertEquals(read(stdout), { key: "sk-1", surrounded: false });
  }
  for (const stdout of [" sk-1\n", "sk-1 ", "\u00a0sk-1\u200b\n", "sk-1\n\n", "\ufeffsk-1"]) {
    assertEquals(read(stdout), { key: "sk-1", surrounded: true });
  }
  const largest = "k".repeat(64 * 1024 - 1);
  assertEquals(read(`${largest}\n`).key, largest);
});

Deno.test("what is not an API key is refused, and where to name another field is said", () => {
  for (
    const [stdout, problem] of [
      ["", "is empty"],
      ["\r\n", "is empty"],
      [" \u00a0\n", "is empty"],
      ["sk 1\n", "has white space inside"],
      ["sk-1\nsk-2\n", "has more than one line"],
      ["sk-\x1b[m\n", "is not plain text"],
      ["k".repeat(64 * 1024), "is longer than 64 KiB"],
    ] as const
  ) {
    const failure = assertThrows(() => read(stdout), Failure);
    assertEquals([failure.kind, failure.message, failure.hints], [
      "not found",
      `op://Work/litellm/API Key ${problem}, so it is not an API key`,
      ["name the field that holds the key: set OP_FIELD"],
    ]);
  }
  assertThrows(() => keyOf(new Uint8Array([0xff]), REFERENCE), Failure, "is not plain text");
  const failure = assertThrows(() => keyOf(new Uint8Array(), REFERENCE, "OP_FIELD in x"), Failure);
  assertEquals(failure.hints, ["name the field that holds the key: set OP_FIELD in x"]);
});

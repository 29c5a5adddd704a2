import { assertEquals } from "@std/assert";
import { bareWords } from "../../lib/op/failure_words.ts";

Deno.test("what op puts in front of its reasons is none", () => {
  for (
    const [line, words] of [
      ["[ERROR] 2026/01/31 12:00:00 account is not signed in", "account is not signed in"],
      ["[ERROR] account is not signed in", "account is not signed in"],
      ["could not read secret 'op://Work/no such host/API Key': locked", "locked"],
      ["[ERROR] could not read secret op://Work/a b/API Key: locked", "locked"],
      ["could not read secret of mine: locked", "could not read secret of mine: locked"],
      [" it fails [ERROR] ", "it fails [ERROR]"],
    ] as const
  ) {
    assertEquals(bareWords(line), [words]);
  }
  assertEquals(bareWords("one\r\n\n  \n[ERROR] \ntwo\n"), ["one", "two"]);
});

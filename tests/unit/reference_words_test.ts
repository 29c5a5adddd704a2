import { assertEquals, assertThrows } from "@std/assert";
import { Failure } from "../../lib/failure/failure.ts";
import type { ListedField } from "../../lib/op/catalogue.ts";
import { fieldWords, referenceWord } from "../../lib/setup/reference_words.ts";

function field(name: string, id: string, section?: ListedField["section"]): ListedField {
  return { name, id, concealed: true, ...(section && { section }) };
}

Deno.test("a name that is not unique, whatever its case, is given by its ID", () => {
  const all = [{ id: "a1", name: "Key" }, { id: "b2", name: "key" }, { id: "c3", name: "Other" }];
  assertEquals(all.map((entry) => referenceWord(entry, all)), ["a1", "b2", "Other"]);
});

Deno.test("a name that a reference cannot hold is given by its ID, and both are refused", () => {
  for (const name of ["a/b", "Alice's", "a&b", " a", "a\x1b", "op://x"]) {
    assertEquals(referenceWord({ id: "a1", name }, []), "a1");
    assertThrows(() => referenceWord({ id: "a/1", name }, []), Failure, "neither name nor ID");
  }
});

Deno.test("a section is named only where it tells fields apart", () => {
  const prod = { id: "s1", name: "prod" };
  const test = { id: "s2", name: "test/old" };
  const all = [
    field("API Key", "f1", prod),
    field("API Key", "f2", test),
    field("password", "f3", prod),
    field("a/b", "f4"),
  ];
  assertEquals(all.map((entry) => fieldWords(entry, all)), [
    "prod/API Key",
    "s2/API Key",
    "password",
    "f4",
  ]);
});

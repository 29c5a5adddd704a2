import { assertEquals } from "@std/assert";
import { type Choice, label, select } from "../../lib/setup/selection.ts";

const ALL: readonly Choice[] = [
  { name: "Private" },
  { name: "Work" },
  { name: "work" },
  { name: "Workshop" },
  { name: "7" },
  { name: "twin", detail: "i1" },
  { name: "twin", detail: "i2" },
];

/** What an answer comes to, in the labels of the entries. */
function selected(answer: string, shown: readonly Choice[] = ALL): string | readonly string[] {
  const selection = select(answer, shown, ALL);
  if ("chosen" in selection) return label(selection.chosen);
  return "several" in selection ? selection.several.map(label) : [];
}

Deno.test("a number means an entry that is on the screen, else a name", () => {
  assertEquals(["1", "4", "7"].map((answer) => selected(answer)), [
    "Private",
    "Workshop",
    "twin (i2)",
  ]);
  const few = ALL.slice(2, 4);
  assertEquals(["1", "2", "7", "0", "3"].map((answer) => selected(answer, few)), [
    "work",
    "Workshop",
    "7",
    [],
    [],
  ]);
  for (const answer of ["1.0", "+1", "1e0", "0x1", "9".repeat(400)]) {
    assertEquals(selected(answer), [], answer);
  }
});

Deno.test("a name means its entry, whatever else has it as a part", () => {
  assertEquals(selected("Work"), "Work");
  assertEquals(selected("work"), "work");
  assertEquals(selected("WORK"), ["Work", "work"]);
  assertEquals(selected("private"), "Private");
});

Deno.test("a part of a name, or of what tells it apart, means every entry that has it", () => {
  assertEquals(selected("SHOP"), "Workshop");
  assertEquals(selected("or"), ["Work", "work", "Workshop"]);
  assertEquals(selected("twin"), ["twin (i1)", "twin (i2)"]);
  assertEquals(selected("I2"), "twin (i2)");
  assertEquals(selected("shopping"), []);
});

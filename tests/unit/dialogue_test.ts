import { assertEquals, assertRejects } from "@std/assert";
import { Failure } from "../../lib/failure/failure.ts";
import { Dialogue } from "../../lib/setup/dialogue.ts";
import type { Choice } from "../../lib/setup/selection.ts";
import { TypedLines } from "../support/typed_lines.ts";

function entries(count: number): Choice[] {
  return Array.from({ length: count }, (_, index) => ({ name: `n${index + 1}` }));
}

const QUESTION = "number, or a part of the name";

Deno.test("where nothing may be asked, the first eight of what there is are named", async () => {
  for (const [count, more] of [[9, " and more"], [8, ""]] as const) {
    const typed = new TypedLines([]);
    const { kind, message, hints } = await assertRejects(
      () => typed.dialogue.choose("vault", entries(count)),
      Failure,
    );
    assertEquals([kind, message], ["usage", `the vault is not said, and there are ${count}`]);
    const named = entries(8).map(({ name }) => `"${name}"`).join(", ");
    assertEquals(hints, [`add --vault; there are ${named}${more}`]);
    assertEquals(typed.screen, "");
  }
});

Deno.test("the only entry is taken and said, and none at all is nobody's fault", async () => {
  const typed = new TypedLines([]);
  const only = { name: "\x1b[31mred", detail: "i1" };
  assertEquals(await typed.dialogue.choose("item", [only]), only);
  assertEquals(typed.screen, "item: \\x1b[31mred (i1), the only one\n");
  await assertRejects(() => typed.dialogue.choose("item", []), Error, "no item to choose from");
});

Deno.test("a long list shows twenty entries, and a part of a name finds the others", async () => {
  const rows = entries(20).map(({ name }, index) => `  ${String(index + 1).padStart(2)}  ${name}\n`)
    .join("");
  const long = new TypedLines(["n21"]);
  assertEquals(await long.dialogue.choose("item", entries(22)), { name: "n21" });
  assertEquals(
    long.screen,
    `which item?\n${rows}      and 2 more\n${QUESTION}: n21\nitem: n21\n`,
  );
  const whole = new TypedLines(["20"]);
  assertEquals(await whole.dialogue.choose("item", entries(20)), { name: "n20" });
  assertEquals(whole.screen, `which item?\n${rows}${QUESTION}: 20\nitem: n20\n`);
});

Deno.test("an answer that fits several narrows the list, and one that fits none does not", async () => {
  const all = [{ name: "Work" }, { name: "Private" }, { name: "Workshop" }];
  const typed = new TypedLines(["", "x", "wor", "2"]);
  assertEquals(await typed.dialogue.choose("vault", all), { name: "Workshop" });
  assertEquals(
    typed.screen,
    `which vault?\n  1  Work\n  2  Private\n  3  Workshop\n${QUESTION}: \n${QUESTION}: x\n` +
      `there is no vault "x"\n${QUESTION}: wor\n` +
      `which vault of these?\n  1  Work\n  2  Workshop\n${QUESTION}: 2\nvault: Workshop\n`,
  );
});

Deno.test("Enter takes what stands in brackets, and what is understood comes before names", async () => {
  const all = [{ name: "\x1b[31mred" }, { name: "blue" }];
  const typed = new TypedLines([" "]);
  assertEquals(await typed.dialogue.choose("item", all, all[0]), all[0]);
  assertEquals(
    typed.screen,
    `which item?\n  1  \\x1b[31mred\n  2  blue\n${QUESTION} [\\x1b[31mred]:  \n`,
  );
  const other = new TypedLines(["blue"]);
  const understood = await other.dialogue.choose("item", all, all[0], (answer) => answer.length);
  assertEquals(understood, 4);
});

Deno.test("consent is asked for until it is given or refused", async () => {
  for (
    const [line, consent] of [["", true], [" Y ", true], ["yes", true], ["NO", false]] as const
  ) {
    const typed = new TypedLines([line]);
    assertEquals(await typed.dialogue.confirm("write it?"), consent);
    assertEquals(typed.screen, `write it? [Y/n]: ${line}\n`);
  }
  const typed = new TypedLines(["maybe", "yesno", "n"]);
  assertEquals([await typed.dialogue.confirm("so?"), typed.left], [false, []]);
});

Deno.test("answers that end half way end everything, on a line of its own", async () => {
  const typed = new TypedLines(["x"]);
  await typed.dialogue.prompt("one");
  const { kind } = await assertRejects(
    () => typed.dialogue.prompt("two", "2"),
    Failure,
    "half way",
  );
  assertEquals([kind, typed.screen], ["interrupted", "one: x\ntwo [2]: \n"]);

  let screen = "";
  const dialogue = new Dialogue(true, new AbortController().signal, {
    lines: { next: () => Promise.reject(new Error("interrupted")) },
    write: (text) => void (screen += text),
  });
  await assertRejects(() => dialogue.prompt("one"), Error, "interrupted");
  assertEquals(screen, "one: \n");
});

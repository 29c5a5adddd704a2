import { assertEquals } from "@std/assert";
import plugin, { type Change } from "../../scripts/mutate/changes.ts";
import { changed, type FoundChange } from "../../scripts/mutate/find_changes.ts";
import { executedLines, type Reach, removeTornNotes } from "../../scripts/mutate/reach.ts";
import { summary } from "../../scripts/mutate/summary.ts";
import { testsFor } from "../../scripts/mutate/tests_for.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

/** What becomes of a source, change by change. */
function variants(source: string): string[] {
  return Deno.lint.runPlugin(plugin, "a.ts", source)
    .map(({ message }) => changed(source, JSON.parse(message) as Change)).sort();
}

for (
  const [source, expected] of [
    ["a < b;", [";", "a <= b;"]],
    ["f(a === b);", [";", "f(a !== b);"]],
    ["x = (a || b) && c && d;", [
      ";",
      "x = (a || b) && c;",
      "x = (a || b) && d;",
      "x = (a) && c && d;",
      "x = (b) && c && d;",
      "x = c && d;",
    ]],
    ["x = a === b ? c : d;", [";", "x = c;", "x = d;"]],
    ["if (a === b) f();", ["if (false) f();", "if (true) f();"]],
    ["if (!a) { f(); g(); }", [
      "if (!a) { ; g(); }",
      "if (!a) { f(); ; }",
      "if (false) { f(); g(); }",
      "if (true) { f(); g(); }",
    ]],
    ["const a = [b, ...c];", ["const a = [...c];", "const a = [b];"]],
    ["const a = { b, c: true };", [
      "const a = { b };",
      "const a = { b, c: false };",
      "const a = { c: true };",
    ]],
    ["const a = 0;", ["const a = 1;"]],
    ["const a = 1_000;", ["const a = 100000;"]],
    ["const a = 0o077;", ["const a = 0o076;"]],
    ['const a = "name";', ['const a = "";']],
    ['const a = "words for people" + b;', []],
    ['import a from "./a.ts";', []],
    ['type A = "a" | 1;', []],
    ["const a = b.trim();", ["const a = b;"]],
    ["const a = b.some(c);", ["const a = b.every(c);"]],
    ["const a = b.toString();", []],
    ["const a = /^(?:b|c)$/i;", [
      "const a = /(?:b|c)$/i;",
      "const a = /^(?:b)$/i;",
      "const a = /^(?:b|c)$/;",
      "const a = /^(?:b|c)/i;",
      "const a = /^(?:c)$/i;",
    ]],
    ["const a = /[bc]{1,6}/;", [
      "const a = /[b]{1,6}/;",
      "const a = /[bc]/;",
      "const a = /[c]{1,6}/;",
    ]],
    ['// « é — 😀 »\nconst a = "é 😀" < b;', ['// « é — 😀 »\nconst a = "é 😀" <= b;']],
  ] as const
) {
  Deno.test(`the changes of ${source}`, () => {
    assertEquals(variants(source), [...expected]);
  });
}

const CHANGE: FoundChange = {
  ...{ file: "lib/a/b.ts", line: 7, lastLine: 8 },
  ...{ start: 90, end: 93, from: "500", to: "50000" },
};

function reach(test: string, seconds: number, lines: number[]): Reach {
  return {
    test,
    run: { outcome: "passed", seconds, output: "" },
    lines: new Map(lines.length > 0 ? [["lib/a/b.ts", new Set(lines)]] : []),
  };
}

Deno.test("a change is tried with the tests that execute its lines, quick ones first", () => {
  const reaches = [
    reach("slow", 9, [7]),
    reach("quick", 1, [6, 8]),
    reach("beside", 0, [6, 9]),
    reach("elsewhere", 0, []),
  ];
  assertEquals(testsFor(CHANGE, reaches, []).map(({ test }) => test), ["quick", "slow"]);
});

Deno.test("a change that no test is known to execute is tried with those of its file", () => {
  const reaches = [reach("beside", 0, [6, 9]), reach("elsewhere", 0, [])];
  assertEquals(testsFor(CHANGE, reaches, []).map(({ test }) => test), ["beside"]);
});

Deno.test("what noticed changes to a file comes before what is a little quicker", () => {
  const reaches = [reach("quick", 2, [7]), reach("proven", 3, [7])];
  const before = [{ change: CHANGE, noticedBy: "proven", timedOut: false }];
  assertEquals(testsFor(CHANGE, reaches, before).map(({ test }) => test), ["proven", "quick"]);
});

Deno.test("the lines that were executed are read from a report", () => {
  const report = "SF:/tmp/copy/lib/a/b.ts\nDA:1,2\nDA:2,0\nDA:13,1\nend_of_record\n" +
    "SF:/tmp/copy/lib/c.ts\nDA:2,7\nend_of_record\n";
  assertEquals(
    executedLines(report, new URL("file:///tmp/copy/")),
    new Map([["lib/a/b.ts", new Set([1, 13])], ["lib/c.ts", new Set([2])]]),
  );
});

Deno.test("each room has its rate", () => {
  const attempts = [
    { change: CHANGE, noticedBy: "tests/unit/b_test.ts", timedOut: true },
    { change: CHANGE, timedOut: false },
    { change: { ...CHANGE, file: "lib/c.ts" }, noticedBy: "tests/unit/c_test.ts", timedOut: false },
  ];
  assertEquals(
    summary(attempts).split("\n"),
    [
      "the doors      1 of 1 noticed, 100 %",
      "a              1 of 2 noticed, 50 %, 1 of them by a time-out",
      "all            2 of 3 noticed, 66 %, 1 of them by a time-out",
    ],
  );
});

Deno.test("a note that was cut short takes no other one with it", () => {
  using temporary = new TemporaryFolder();
  for (const [name, text] of [["whole", '{"result": []}'], ["torn", '{"res'], ["empty", ""]]) {
    Deno.writeTextFileSync(`${temporary.path}/${name}.json`, text ?? "");
  }
  removeTornNotes(temporary.path);
  assertEquals(Array.from(Deno.readDirSync(temporary.path), ({ name }) => name), ["whole.json"]);
});

import { assertEquals } from "@std/assert";
import { outputOf } from "../support/deadline.ts";
import { NO_POSIX_SHELL } from "../support/skips.ts";
import { parseLocalEnv } from "../../lib/configuration/local_env.ts";
import { assignment, rewriteLocalEnv } from "../../lib/setup/rewrite_local_env.ts";

function rewritten(text: string, ...values: (readonly [string, string])[]): string {
  return rewriteLocalEnv(text, new Map(values));
}

Deno.test("assignments are replaced where they stand, with their export and comment", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["OP_FIELD=old\n", 'OP_FIELD="new"\n'],
    ["OP_FIELD=old", 'OP_FIELD="new"'],
    ["  export  OP_FIELD='old'\n", '  export  OP_FIELD="new"\n'],
    ['OP_FIELD="old" # the team\'s\n', 'OP_FIELD="new" # the team\'s\n'],
    ['OP_FIELD="a # b" # c\n', 'OP_FIELD="new" # c\n'],
    ["OP_FIELD=old\t# c\n", 'OP_FIELD="new"\t# c\n'],
    ["OP_FIELD=\n", 'OP_FIELD="new"\n'],
    ["OP_FIELD= # c\n", 'OP_FIELD="new" # c\n'],
    ["OP_FIELD=old  \n", 'OP_FIELD="new"  \n'],
    ["OP_FIELD='a\nb' # c\nA=1\n", 'OP_FIELD="new" # c\nA=1\n'],
    ["\uFEFFOP_FIELD=old\r\n", '\uFEFFOP_FIELD="new"\r\n'],
  ];
  for (const [before, after] of cases) {
    assertEquals(rewritten(before, ["OP_FIELD", "new"]), after);
    assertEquals(parseLocalEnv(after).get("OP_FIELD")?.value, "new");
  }
});

Deno.test("a line that says the same already is left as it is", () => {
  const text = "export OP_FIELD=new # mine\n";
  assertEquals(rewritten(text, ["OP_FIELD", "new"]), text);
});

Deno.test("of several assignments of a name, the one that counts is replaced", () => {
  assertEquals(rewritten("A=1\nB=x\nA=2\n", ["A", "3"]), 'A=1\nB=x\nA="3"\n');
});

Deno.test("foreign lines, comments, order and line endings stay", () => {
  const foreign = "# mine\r\n\r\nANTHROPIC_MODEL='opus' # best\r\nOP_ITEM=a\r\nX_OP_ITEM=c\r\n";
  assertEquals(
    rewritten(foreign, ["OP_ITEM", "b"], ["OP_FIELD", "API Key"]),
    foreign.replace("OP_ITEM=a", 'OP_ITEM="b"') + 'OP_FIELD="API Key"\r\n',
  );
});

Deno.test("new assignments go into a file without a last newline, or without anything", () => {
  assertEquals(rewritten("# mine", ["A", "1"], ["B", "2"]), '# mine\nA="1"\nB="2"\n');
  assertEquals(rewritten("# mine\r\nB=2", ["A", "1"]), '# mine\r\nB=2\r\nA="1"\r\n');
  assertEquals(rewritten("", ["A", "1"]), 'A="1"\n');
  assertEquals(rewritten("\uFEFF", ["A", "1"]), '\uFEFFA="1"\n');
  assertEquals(rewritten("A=1", ["A", "1"]), "A=1");
});

Deno.test("whatever can be written is read back as it was, and what cannot is refused", () => {
  const parts = ["", "a", " ", '"', "'", "#", " #", "$HOME", "`id`", "\\", "!", "=", "é", "\uFEFF"];
  const values = parts.flatMap((a) => parts.flatMap((b) => parts.map((c) => a + b + c)));
  for (const value of values) {
    const line = assignment("A", value);
    const wantsSingle = /["$`]|\\(?:\\|$)/.test(value);
    assertEquals(line === undefined, wantsSingle && value.includes("'"), value);
    if (line === undefined) continue;
    assertEquals(parseLocalEnv(line).get("A")?.value, value);
    assertEquals(parseLocalEnv(rewritten("A=old # c\n", ["A", value])).get("A")?.value, value);
  }
});

Deno.test("control characters and half characters are refused", () => {
  for (const value of ["a\nb", "a\rb", "a\tb", "\x00", "\x1b[31m", "\x85", "\ud800"]) {
    assertEquals(assignment("A", value), undefined);
  }
});

Deno.test("a shell that reads the file expands nothing", { ignore: NO_POSIX_SHELL }, async () => {
  const values = ["$HOME `id` \\ !", "it's!", 'say "hi"', "a # b", "it's 5$", "https://x/$(id)"];
  for (const value of values) {
    const { stdout } = await outputOf("sh", {
      args: ["-c", `${assignment("A", value)}\nprintf %s "$A"`],
    });
    assertEquals(new TextDecoder().decode(stdout), value);
  }
  assertEquals(assignment("A", "https://x/'$(id)"), undefined);
});

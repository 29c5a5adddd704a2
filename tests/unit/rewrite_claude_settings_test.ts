import { assertEquals } from "@std/assert";
import { withMember } from "../../lib/setup/rewrite_claude_settings.ts";
import { parseJsonObject } from "../../lib/text/json_object.ts";

const NAME = "apiKeyHelper";
const VALUE = "claude-key get";

Deno.test("a value is replaced and every other byte stays", () => {
  const cases: readonly (readonly [string, string])[] = [
    ['{"apiKeyHelper":"old"}', '{"apiKeyHelper":"claude-key get"}'],
    ['{ "apiKeyHelper" : null , "b":1}', '{ "apiKeyHelper" : "claude-key get" , "b":1}'],
    ['{\n  "apiKeyHelper": ["a", {"b": 1}]\n}', '{\n  "apiKeyHelper": "claude-key get"\n}'],
    ['{"a\\u0070iKeyHelper":"old"}', '{"a\\u0070iKeyHelper":"claude-key get"}'],
    [
      '{"env":{"apiKeyHelper":"deep"},"apiKeyHelper":"o\\"ld,}"}\r\n',
      '{"env":{"apiKeyHelper":"deep"},"apiKeyHelper":"claude-key get"}\r\n',
    ],
    [
      '{"apiKeyHelper":1,"apiKeyHelper":2}',
      '{"apiKeyHelper":"claude-key get","apiKeyHelper":"claude-key get"}',
    ],
    ['{"a":"apiKeyHelper"}', '{"apiKeyHelper": "claude-key get","a":"apiKeyHelper"}'],
  ];
  for (const [before, after] of cases) {
    assertEquals(withMember(before, NAME, VALUE), after);
    assertEquals(parseJsonObject(after)?.[NAME], VALUE);
  }
});

Deno.test("a new member is indented as its neighbours are", () => {
  for (const space of ["\n  ", "\n\t", "\r\n    ", " ", ""]) {
    const rest = `${space}"env": {"A": "1"},${space}"b": [ 1,2 ]\n}\n`;
    assertEquals(
      withMember(`\uFEFF{${rest}`, NAME, VALUE),
      `\uFEFF{${space}"apiKeyHelper": "claude-key get",${rest}`,
    );
  }
});

Deno.test("a missing or empty file becomes a settings file", () => {
  for (const text of ["", " \n", "{}", "{ }"]) {
    const result = withMember(text, NAME, VALUE) ?? "";
    assertEquals(result.trim(), '{\n  "apiKeyHelper": "claude-key get"\n}');
  }
});

Deno.test("what is not a JSON object is refused", () => {
  for (const text of ["[]", "1", "null", '"a"', "{", '{"a":1,}', "{a:1}", "// c\n{}", "{}{}"]) {
    assertEquals(withMember(text, NAME, VALUE), undefined, text);
  }
});

Deno.test("a file of a megabyte is no trouble", () => {
  const text = JSON.stringify({ long: 'x\\"'.repeat(300_000), [NAME]: "old" });
  assertEquals(parseJsonObject(withMember(text, NAME, VALUE) ?? "")?.[NAME], VALUE);
});

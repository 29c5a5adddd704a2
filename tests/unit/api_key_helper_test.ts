import { assertEquals, assertThrows } from "@std/assert";
import { RIVAL_VARIABLES } from "../../lib/claude_code/precedence.ts";
import type { ClaudeSettingsFile } from "../../lib/claude_code/settings_files.ts";
import { parseClaudeSettings } from "../../lib/claude_code/settings_text.ts";
import { Failure } from "../../lib/failure/failure.ts";
import { helperLine, helperWarnings, withHelper } from "../../lib/setup/api_key_helper.ts";
import { unsetCommand } from "../../lib/text/typed_commands.ts";

const COMMAND = "/opt/claude-key get";
const LINE = `"apiKeyHelper": "${COMMAND}"`;

Deno.test("that another helper is replaced is said, and not what it was", () => {
  for (const text of ["", "{}", '{"env": {}}', `{${LINE}}`]) {
    assertEquals(helperLine(text, COMMAND), LINE);
  }
  for (const helper of ["echo sk-hidden", "", null]) {
    const text = JSON.stringify({ apiKeyHelper: helper });
    assertEquals(helperLine(text, COMMAND), `${LINE}, in the place of another helper`);
  }
});

Deno.test("settings that are no JSON object are not written to", () => {
  assertEquals(withHelper("", COMMAND, "FILE"), `{\n  ${LINE}\n}\n`);
  const { kind } = assertThrows(() => withHelper("[]", COMMAND, "FILE"), Failure, '"FILE" is not');
  assertEquals(kind, "configuration");
});

/** What is warned of, with these settings files, those that win first, and these variables. */
function warnings(
  files: readonly (readonly [level: ClaudeSettingsFile["level"], text: string])[],
  { exported = {}, url }: {
    readonly exported?: Readonly<Record<string, string>>;
    readonly url?: string;
  } = {},
): string[] {
  return helperWarnings({
    shown: "USER",
    files: files.map(([level, text], index) => ({
      shown: `FILE ${index}`,
      level,
      settings: parseClaudeSettings(text, [], false),
    })),
    exported: new Map(Object.entries(exported)),
  }, url);
}

const TOLD = '{"env": {"ANTHROPIC_BASE_URL": "https://gw.example.com"}}';

Deno.test("nothing is in the way of a helper that knows its gateway", () => {
  assertEquals(warnings([["user", TOLD]]), []);
  assertEquals(warnings([["project", TOLD], ["user", "{}"]]), []);
  assertEquals(warnings([], { exported: { ANTHROPIC_BASE_URL: "https://gw.example.com" } }), []);
  assertEquals(warnings([["user", "oops"], ["user", TOLD]]), []);
});

Deno.test("whatever switches a helper off is named, with its cure", () => {
  for (const name of RIVAL_VARIABLES) {
    assertEquals(warnings([["user", TOLD]], { exported: { [name]: "1" } }), [
      `${name} is exported here, which switches the helper off: ${unsetCommand([name])}`,
    ]);
    assertEquals(warnings([["project", `{"env": {"${name}": "1"}}`], ["user", TOLD]]), [
      `${name} is in the env of FILE 0, which switches the helper off: remove it`,
    ]);
  }
  assertEquals(warnings([["user", TOLD]], { exported: { CLAUDE_CODE_USE_BEDROCK: "0" } }), []);
});

Deno.test("a helper that wins is named, and the user's own is the one that is written", () => {
  const helper = '{"apiKeyHelper": "cat key"}';
  assertEquals(warnings([["managed", helper], ["project", helper], ["user", TOLD]]), [
    "apiKeyHelper in FILE 0 wins over it: remove it",
  ]);
  assertEquals(warnings([["managed", TOLD], ["project", helper]]), [
    "apiKeyHelper in FILE 1 wins over it: remove it",
  ]);
  assertEquals(warnings([["managed", TOLD], ["user", helper]]), []);
});

Deno.test("a gateway that Claude Code does not know is added, by name where there is one", () => {
  const add = (url: string): string =>
    `Claude Code is not told of the gateway: add "env": {"ANTHROPIC_BASE_URL": "${url}"} to USER`;
  assertEquals(warnings([], { url: "https://gw.example" }), [add("https://gw.example")]);
  assertEquals(warnings([["user", '{"env": {"ANTHROPIC_BASE_URL": ""}}']]), [
    add("https://litellm.example.com"),
  ]);
});

import { assertEquals } from "@std/assert";
import {
  GATEWAY,
  HELPER,
  isTelling,
  RIVAL_VARIABLES,
  rivalsOf,
  shellPlace,
  type VariablePlace,
} from "../../lib/claude_code/precedence.ts";
import { parseClaudeSettings } from "../../lib/claude_code/settings_text.ts";

const PROVIDERS = RIVAL_VARIABLES.filter((name) => name.startsWith("CLAUDE_CODE_USE_"));

function file(variables: Readonly<Record<string, string>>): VariablePlace {
  return { kind: "settings file", shown: "FILE", variables: new Map(Object.entries(variables)) };
}

Deno.test("what Claude Code looks at first wins, and what comes behind is sent beside it", () => {
  const order = [...RIVAL_VARIABLES, HELPER, "CLAUDE_CODE_OAUTH_TOKEN"];
  for (const [rank, way] of order.entries()) {
    const others = RIVAL_VARIABLES.filter((name) => name !== way);
    assertEquals(
      rivalsOf(way, [shellPlace(order, () => "1")]).map(({ name, wins }) => [name, wins]),
      others.map((name) => [name, order.indexOf(name) < rank]),
      way,
    );
  }
});

Deno.test("a settings file wins over the very variable that claude-key sets in the shell", () => {
  for (const way of ["ANTHROPIC_AUTH_TOKEN", "CLAUDE_CODE_OAUTH_TOKEN", "MY_TOKEN"]) {
    const places = [file({ [way]: "" }), shellPlace([way], () => "sk-own")];
    assertEquals(
      rivalsOf(way, places).map(({ name, wins, place }) => [name, wins, place.kind]),
      [[way, true, "settings file"]],
    );
  }
});

Deno.test("a provider is on whatever its value, but for those that mean no; a key always counts", () => {
  for (const provider of PROVIDERS) {
    for (const off of ["0", "false", "no", "off", "", "FALSE", "Off"]) {
      assertEquals(rivalsOf(HELPER, [file({ [provider]: off })]), [], off);
    }
    for (const on of ["1", "true", "00", "nope", "offer", "x0", "none"]) {
      assertEquals(rivalsOf(HELPER, [file({ [provider]: on })]).length, 1, on);
    }
    // Its value is no text, so that nobody can look it up.
    assertEquals(rivalsOf(HELPER, [shellPlace([provider], () => undefined)]).length, 1);
  }
  for (const key of ["ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_API_KEY"]) {
    assertEquals(rivalsOf(HELPER, [file({ [key]: "0" })]).length, 1);
  }
});

Deno.test("of a settings file only those values are kept that tell something and are no secret", () => {
  const names = ["ANTHROPIC_API_KEY", "ANTHROPIC_MODEL", GATEWAY, ...PROVIDERS];
  const env = Object.fromEntries(names.map((name) => [name, "value"]));
  const kept = parseClaudeSettings(JSON.stringify({ env }), [], false)?.variables;
  assertEquals(names.map((name) => kept?.get(name)), [
    ...["", "", "value"],
    ...PROVIDERS.map(() => "value"),
  ]);
  assertEquals(names.filter(isTelling), names.slice(2));
  const number = parseClaudeSettings(`{"env": {"${PROVIDERS[0]}": 1}}`, [], false);
  assertEquals(Array.from(number?.variables ?? []), [[PROVIDERS[0], "1"]]);
});

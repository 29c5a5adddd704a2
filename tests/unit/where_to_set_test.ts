import { assertEquals } from "@std/assert";
import { whereToSetSecret } from "../../lib/configuration/configuration.ts";
import { Settings } from "../../lib/configuration/settings.ts";

const SHOWN = "~/.config/claude/local.env";

/** The places as they are told when the environment can no longer be read. */
function placesAfterwards(variables: Record<string, string>): Record<string, string> {
  let confined = false;
  const lookup = (name: string): string | undefined => {
    if (confined) throw new Deno.errors.NotCapable(name);
    return new Map(Object.entries(variables)).get(name);
  };
  const file = { path: "/local.env", shownPath: SHOWN, entries: new Map() };
  const places = whereToSetSecret(new Settings({}, lookup, file));
  confined = true;
  return { ...places };
}

Deno.test("where the secret's settings are to be corrected is known without the environment", () => {
  assertEquals(placesAfterwards({}), {
    OP_ITEM: `OP_ITEM in ${SHOWN}`,
    OP_FIELD: `OP_FIELD in ${SHOWN}`,
    OP_ACCOUNT: `OP_ACCOUNT in ${SHOWN}`,
  });
  assertEquals(placesAfterwards({ OP_FIELD: "token", OP_ACCOUNT: "work" }), {
    OP_ITEM: `OP_ITEM in ${SHOWN}`,
    OP_FIELD: "the environment variable OP_FIELD",
    OP_ACCOUNT: "the environment variable OP_ACCOUNT",
  });
});

Deno.test("the field of a whole reference is corrected where the reference stands", () => {
  const { OP_ITEM, OP_FIELD } = placesAfterwards({ OP_ITEM: "op://Work/litellm/token" });
  assertEquals([OP_ITEM, OP_FIELD], Array(2).fill("the environment variable OP_ITEM"));
});

import { assertEquals, assertThrows } from "@std/assert";
import { parseLocalEnv } from "../../lib/configuration/local_env.ts";
import type { SettingName } from "../../lib/configuration/settings.ts";
import { Failure } from "../../lib/failure/failure.ts";
import {
  type Answers,
  currentAnswers,
  givenAnswers,
  referenceAnswers,
  referenceOf,
  settingsOf as settingsOfAnswers,
  withoutQuotes,
} from "../../lib/setup/answers.ts";
import { givenByTeam } from "../../lib/setup/team_share.ts";
import { settingsOf } from "../support/settings_of.ts";

Deno.test("options give the answers that they name, and a reference gives several", () => {
  const others = { account: "a", url: "https://gw.example.com" };
  for (
    const [values, answers] of [
      [{}, {}],
      [{ ...others, vault: "V" }, { ...others, vault: "V" }],
      [{ item: "i", field: "f" }, { item: "i", field: "f" }],
      [{ item: '"i"' }, { item: '"i"' }],
      [{ ...others, item: "op://V/i" }, { ...others, vault: "V", item: "i" }],
      [{ item: "op://V/i", field: "f" }, { vault: "V", item: "i", field: "f" }],
      [{ item: " 'op://V/i/f'" }, { vault: "V", item: "i", field: "f" }],
      [{ item: "op://V/i/s/f" }, { vault: "V", item: "i", field: "s/f" }],
    ] as const
  ) {
    assertEquals(givenAnswers(values), answers);
  }
});

Deno.test("an option that says what another one says is refused", () => {
  for (
    const [values, option] of [
      [{ item: "op://V/i", vault: "V" }, "vault"],
      [{ item: "op://V/i/f", vault: "V", field: "f" }, "vault"],
      [{ item: "op://V/i/f", field: "f" }, "field"],
      [{ item: "op://V/i/s/f", field: "g" }, "field"],
    ] as const
  ) {
    const { hints } = assertThrows(
      () => givenAnswers(values),
      Failure,
      `names a ${option} already`,
    );
    assertEquals(hints, [`leave --${option} out`]);
  }
});

Deno.test("a password in an address that is refused is not shown", () => {
  const { message } = assertThrows(() => givenAnswers({ url: "htps://ada:secret@gw" }), Failure);
  assertEquals(message, '--url is "htps://gw", which is not an http or https URL');
});

Deno.test("a reference is known by what it begins with, in quotes of whatever kind", () => {
  for (const [left, right] of [["", ""], ['"', '"'], ["'", "'"], ["“", "”"], ["‘", "’"]]) {
    assertEquals(withoutQuotes(`${left}op://V/i${right}`), "op://V/i");
    assertEquals(withoutQuotes(`\n ${left}op://V/i${right} \n`), "op://V/i");
  }
  for (const text of ['"V/i"', "the op://V/i", "'Work'", " x "]) {
    assertEquals(withoutQuotes(text), text);
  }
});

Deno.test("a reference may be typed, whole or without its field, and a name is none", () => {
  assertEquals(referenceAnswers('"op://V/i"'), { vault: "V", item: "i" });
  assertEquals(referenceAnswers("op://V/i/f"), { vault: "V", item: "i", field: "f" });
  assertEquals(referenceAnswers("op://V/i/s/f"), { vault: "V", item: "i", field: "s/f" });
  for (const text of ["V", "V/i", "op://V", "op://V/i/", "op://V/Alice's"]) {
    assertEquals(referenceAnswers(text), undefined, text);
  }
});

Deno.test("what is configured and malformed is no answer", () => {
  const field = { field: "API Key" };
  assertEquals(currentAnswers(settingsOf({})), field);
  assertEquals(currentAnswers(settingsOf({ OP_ITEM: "litellm", LITELLM_BASE_URL: "gw" })), field);
  assertEquals(
    currentAnswers(settingsOf({
      OP_ACCOUNT: "a",
      OP_ITEM: "op://V/i",
      OP_FIELD: "s/f",
      LITELLM_BASE_URL: "http://gw",
    })),
    { account: "a", vault: "V", item: "i", field: "s/f", url: "http://gw" },
  );
  assertEquals(currentAnswers(settingsOf({ OP_ITEM: "op://V/i/f", OP_FIELD: "g" })), {
    vault: "V",
    item: "i",
    field: "f",
  });
});

Deno.test("answers become settings, and what is not answered becomes none", () => {
  const answers = { vault: "V", item: "i", field: "s/f" };
  const settings = [["OP_ITEM", "op://V/i"], ["OP_FIELD", "s/f"]];
  assertEquals(Array.from(settingsOfAnswers(answers)), settings);
  assertEquals(Array.from(settingsOfAnswers({ ...answers, account: "a", url: "http://gw" })), [
    ["OP_ACCOUNT", "a"],
    ...settings,
    ["LITELLM_BASE_URL", "http://gw"],
  ]);
  assertEquals(referenceOf(answers), { vault: "V", item: "i", section: "s", field: "f" });
  const { hints } = assertThrows(() => referenceOf({ ...answers, item: "a&b" }), Failure, "a&b");
  assertEquals(hints, ["give other answers: claude-key setup"]);
});

Deno.test("the team gives what it says as it is wanted, unless local.env says it too", () => {
  const wanted: Answers = { account: "a", vault: "V", item: "i", field: "f", url: "http://gw" };
  const given = (team: string | undefined, own = "", answers = wanted): SettingName[] => {
    const file = team === undefined
      ? undefined
      : { path: "/t", shownPath: "/t", isTeams: true, entries: parseLocalEnv(team) };
    return Array.from(givenByTeam(answers, file, parseLocalEnv(own)));
  };
  const account = "OP_ACCOUNT=a\n";
  const url = "LITELLM_BASE_URL=http://gw\n";
  const all = `${account}OP_ITEM=op://V/i/f\n${url}`;
  assertEquals(given(undefined), []);
  assertEquals(given(""), []);
  assertEquals(given(all), ["OP_ACCOUNT", "OP_ITEM", "OP_FIELD", "LITELLM_BASE_URL"]);
  assertEquals(given(account), ["OP_ACCOUNT"]);
  assertEquals(given("OP_ITEM=op://V/i\nOP_FIELD=f\n"), ["OP_ITEM", "OP_FIELD"]);
  assertEquals(given("OP_ITEM=op://V/i\nOP_FIELD=g\n"), []);
  assertEquals(given("OP_ITEM=op://V/j/f\n"), []);
  assertEquals(given("OP_ITEM=op://W/i/f\n"), []);
  // The two name one secret: who overrides either has to say both.
  for (const name of ["OP_ITEM", "OP_FIELD"]) {
    assertEquals(given(all, `${name}=x\n`), ["OP_ACCOUNT", "LITELLM_BASE_URL"]);
  }
  assertEquals(given(all, "OP_ACCOUNT=b\nOP_ITEM=\nLITELLM_BASE_URL=http://x\n"), [
    "OP_ITEM",
    "OP_FIELD",
  ]);
  const { account: _, url: __, ...without } = wanted;
  assertEquals(given("OP_FIELD=f\n", "", without), []);
  assertEquals(given("", "", without), []);
});

import { assertEquals, assertRejects } from "@std/assert";
import { Failure } from "../../lib/failure/failure.ts";
import type { Listed, ListedField } from "../../lib/op/catalogue.ts";
import type { Answers } from "../../lib/setup/answers.ts";
import { collectAnswers } from "../../lib/setup/interview.ts";
import { TypedLines } from "../support/typed_lines.ts";

/** What there is in 1Password, and what is known before anybody is asked. */
interface Start {
  readonly accounts?: readonly Listed[];
  readonly vaults?: readonly Listed[];
  readonly items?: readonly Listed[];
  readonly fields?: readonly ListedField[];
  readonly given?: Partial<Answers>;
  readonly current?: Partial<Answers>;
  readonly hasAccounts?: boolean;
  readonly hasLists?: boolean;
}

/** A conversation in which these lines are typed; if there are none, nothing may be asked. */
class Conversation {
  /** What 1Password was asked to list. */
  readonly listed: string[] = [];
  readonly #start: Start;
  readonly #typed: TypedLines;

  constructor(start: Start, ...typed: readonly string[]) {
    this.#start = start;
    this.#typed = new TypedLines(typed);
  }

  /** What the screen shows, with what is typed. */
  get screen(): string {
    return this.#typed.screen;
  }

  /** The answers that it ends with. */
  async answers(): Promise<Answers> {
    const { accounts, vaults, items, fields, given = {}, current = {} } = this.#start;
    const { hasAccounts = false, hasLists = true } = this.#start;
    const list = <T>(entries: readonly T[] = [], ...words: readonly unknown[]): Promise<T[]> => {
      this.listed.push(words.map(String).join(" "));
      return Promise.resolve([...entries]);
    };
    const answers = await collectAnswers({
      given,
      current,
      hasAccounts,
      hasLists,
      catalogue: {
        accounts: () => list(accounts, "accounts"),
        vaults: (account) => list(vaults, "vaults", account),
        items: (account, vault) => list(items, "items", account, vault),
        fields: (account, vault, item) => list(fields, "fields", account, vault, item),
      },
      dialogue: this.#typed.dialogue,
    });
    assertEquals(this.#typed.left, []);
    return answers;
  }

  /** The failure that it ends with: the kind, the message, the hints. */
  async failure(): Promise<string[]> {
    const { kind, message, hints } = await assertRejects(() => this.answers(), Failure);
    return [kind, message, ...hints];
  }
}

const ADA = { id: "ada.1password.com", name: "ada@example.com", detail: "ada.1password.com" };
const BOB = { id: "bob.1password.com", name: "bob@example.com", detail: "bob.1password.com" };
const PRIVATE = { id: "v1", name: "Private" };
const WORK = { id: "v2", name: "Work" };
const KEY = { id: "f1", name: "API Key", concealed: true };
const USER = { id: "f2", name: "username", concealed: false };
const TOKEN = { id: "f3", name: "token", concealed: true };
const LITELLM = { id: "i1", name: "litellm" };
const OTHER = { id: "i2", name: "other" };

const ALL: Start = {
  hasAccounts: true,
  accounts: [ADA, BOB],
  vaults: [PRIVATE, WORK],
  items: [LITELLM, OTHER],
  fields: [KEY, USER],
};
const SET: Answers = {
  account: ADA.id,
  vault: "Work",
  item: "litellm",
  field: "username",
  url: "http://gw",
};

Deno.test("what is given or configured is not asked for where nothing may be asked", async () => {
  const configured = new Conversation({ ...ALL, current: SET });
  assertEquals([await configured.answers(), configured.listed], [SET, []]);
  const given = { ...SET, vault: "Private", field: "token", url: "http://other" };
  const both = new Conversation({ ...ALL, current: SET, given });
  assertEquals([await both.answers(), both.listed, both.screen], [given, [], ""]);
});

Deno.test("what is given is not asked for at a terminal, and what is configured is", async () => {
  const { account: _, ...others } = SET;
  const account = new Conversation({ ...ALL, given: others, current: SET }, "");
  assertEquals(await account.answers(), SET);
  assertEquals(account.listed, ["accounts"]);
  assertEquals(
    account.screen,
    "which account?\n  1  ada@example.com (ada.1password.com)\n" +
      "  2  bob@example.com (bob.1password.com)\n" +
      "number, or a part of the name [ada@example.com]: \n",
  );
  const everything = new Conversation({ ...ALL, current: SET }, "bob", "", "", "", "");
  assertEquals(await everything.answers(), { ...SET, account: BOB.id });
  assertEquals(everything.listed, [
    "accounts",
    `vaults ${BOB.id}`,
    `items ${BOB.id} Work`,
    `fields ${BOB.id} Work litellm`,
  ]);
});

Deno.test("the item that is configured stands in brackets in its own vault alone", async () => {
  const start = { ...ALL, given: { account: "a", field: "f", url: "http://gw" }, current: SET };
  const same = new Conversation(start, "", "");
  assertEquals((await same.answers()).item, "litellm");
  assertEquals(same.screen.includes("[litellm]"), true);
  const another = new Conversation(start, "private", "", "other");
  assertEquals((await another.answers()).item, "other");
  assertEquals(another.screen.includes("[litellm]"), false);
  const silent = new Conversation({ ...start, given: { vault: "Private" } });
  assertEquals(await silent.failure(), [
    ...["usage", "the item is not said", "add --item NAME"],
    "or answer questions at a terminal: claude-key setup",
  ]);
});

Deno.test("an account is neither listed nor passed on where there are none, but kept", async () => {
  const start = { ...ALL, hasAccounts: false, current: SET };
  const kept = new Conversation(start, "", "", "", "");
  assertEquals([await kept.answers(), kept.listed], [
    SET,
    ["vaults undefined", "items undefined Work", "fields undefined Work litellm"],
  ]);
  const { account: _, ...others } = SET;
  assertEquals(await new Conversation({ ...start, current: others }).answers(), others);
});

Deno.test("without any account the next question is left to fail", async () => {
  const conversation = new Conversation({ ...ALL, accounts: [], given: { item: "i" } });
  assertEquals(await conversation.failure(), [
    ...["usage", "the vault is not said, and there are 2"],
    'add --vault; there are "Private", "Work"',
  ]);
  assertEquals(conversation.listed, ["accounts", "vaults undefined"]);
});

Deno.test("an account is known by the word that op takes for it", async () => {
  assertEquals(await new Conversation(ALL).failure(), [
    ...["usage", "the account is not said, and there are 2"],
    'add --account; there are "ada.1password.com", "bob.1password.com"',
  ]);
});

Deno.test("a reference that is pasted gives what it names, and the rest is asked for", async () => {
  const given = { account: "a", url: "http://gw" };
  const whole = new Conversation({ ...ALL, given }, '"op://Work/litellm/s/f"');
  assertEquals(await whole.answers(), { ...given, vault: "Work", item: "litellm", field: "s/f" });
  const item = new Conversation({ ...ALL, given }, "work", "op://Private/other", "2");
  assertEquals(await item.answers(), {
    ...given,
    vault: "Private",
    item: "other",
    field: "username",
  });
  // The account that was chosen before counts.
  const chosen = new Conversation({ ...ALL, given: { url: "u" } }, "2", "op://V/i/f");
  assertEquals(await chosen.answers(), {
    account: BOB.id,
    ...{ vault: "V", item: "i", field: "f", url: "u" },
  });
});

Deno.test("a name that a reference cannot hold is looked up, and refused where it cannot be", async () => {
  const odd = { id: "i9", name: "Alice's" };
  const start = { ...ALL, items: [LITELLM, odd], fields: [KEY, { ...TOKEN, name: "a(b)" }] };
  const given = { account: "a", vault: "Work", item: "Alice's", field: "a(b)" };
  const conversation = new Conversation({ ...start, given });
  assertEquals(await conversation.answers(), { ...given, item: "i9", field: "f3" });
  assertEquals(conversation.listed, ["items a Work", "fields a Work i9"]);

  assertEquals(await new Conversation({ ...start, items: [], given }).failure(), [
    ...["not found", '1Password has no item "Alice\'s"', "see what there is: claude-key setup"],
  ]);
  const [, message] = await new Conversation({ ...start, fields: [KEY], given }).failure();
  assertEquals(message, '1Password has no field "a(b)"');
  const twins = [odd, { ...odd, id: "i8" }];
  assertEquals(await new Conversation({ ...start, items: twins, given }).failure(), [
    ...["not found", '1Password has more than one item "Alice\'s"', "give its ID: --item ID"],
  ]);
  assertEquals(await new Conversation({ ...start, hasLists: false, given }).failure(), [
    "usage",
    '--item is "Alice\'s", which a secret reference cannot hold',
    "give its ID: --item ID",
  ]);
});

Deno.test("where there is nothing to choose from, it is said what to do", async () => {
  const given = { account: "a" };
  assertEquals(await new Conversation({ ...ALL, vaults: [], given }, "x").failure(), [
    ...["not found", "1Password shows no vault in this account", "see the vaults: op vault list"],
  ]);
  const inVault = { ...given, vault: "Work" };
  assertEquals(await new Conversation({ ...ALL, items: [], given: inVault }, "x").failure(), [
    ...["not found", 'there is no item in the vault "Work"'],
    "make one in 1Password, with the key in a field",
    "or name another vault: claude-key setup --vault NAME",
  ]);
  const inItem = { ...inVault, item: "i" };
  assertEquals(await new Conversation({ ...ALL, fields: [], given: inItem }, "x").failure(), [
    ...["no field", 'the item "i" has no field that can hold a key'],
    "add a field of the type password to it in 1Password, with the key in it",
  ]);
});

Deno.test("without lists vault and item are typed, until a reference can hold them", async () => {
  const start = { hasLists: false, fields: [KEY], given: { url: "http://gw" } };
  const conversation = new Conversation(start, "", "Q&A", "Work", "litellm");
  const answers = { vault: "Work", item: "litellm", field: "API Key", url: "http://gw" };
  assertEquals(await conversation.answers(), answers);
  assertEquals(
    conversation.screen,
    "vault, name or ID: \nvault, name or ID: Q&A\n" +
      'a secret reference cannot hold "Q&A"; type its ID\n' +
      "vault, name or ID: Work\nitem, name or ID: litellm\n" +
      "field: API Key, the only one\n",
  );
  const pasted = new Conversation(start, "op://Work/litellm");
  assertEquals(await pasted.answers(), answers);
  const preset = new Conversation({ ...start, current: SET }, "", "");
  assertEquals(await preset.answers(), { account: ADA.id, ...answers });
  assertEquals(preset.screen.startsWith("vault, name or ID [Work]: \n"), true);
  assertEquals((await new Conversation(start).failure())[1], "the vault is not said");
});

Deno.test("Enter takes the field that is configured, else the only one that is concealed", async () => {
  const given = { account: "a", vault: "Work", item: "litellm", url: "http://gw" };
  const field = async (start: Start, ...typed: readonly string[]): Promise<string> =>
    (await new Conversation({ ...ALL, given, ...start }, ...typed).answers()).field;
  assertEquals(await field({}, ""), "API Key");
  assertEquals(await field({ current: { field: "f2" } }, ""), "username");
  const sections = [KEY, { ...KEY, id: "f4", section: { id: "s1", name: "old" } }, USER];
  assertEquals(
    await field({ fields: sections, current: { field: "old/API Key" } }, ""),
    "old/API Key",
  );
  assertEquals(await field({ fields: sections, current: { field: "f4" } }, ""), "old/API Key");
  // Of several nobody can tell which is meant.
  assertEquals(await field({ fields: [KEY, TOKEN, USER] }, "", "2"), "token");
  assertEquals(
    await field({ fields: [USER, { ...USER, id: "f5", name: "note" }] }, "", "2"),
    "note",
  );
});

Deno.test("the gateway's address is asked for until it is one, and may be left out", async () => {
  const given = { account: "a", vault: "V", item: "i", field: "f" };
  const question = "gateway URL, as in https://litellm.example.com; empty for none: ";
  const none = new Conversation({ given }, "gw.example.com", " ");
  assertEquals(await none.answers(), given);
  assertEquals(
    none.screen,
    `${question}gw.example.com\n` +
      `"gw.example.com" is not an http or https URL; write it whole\n${question} \n`,
  );
  const current = { url: "https://ada:secret@gw" };
  const preset = new Conversation({ given, current }, "");
  assertEquals(await preset.answers(), { ...given, ...current });
  assertEquals(preset.screen, "gateway URL [https://gw]: \n");
  assertEquals(await new Conversation({ given, current }).answers(), { ...given, ...current });
  const typed = new Conversation({ given, current }, "htp://ada:secret@gw", "http://gw");
  assertEquals((await typed.answers()).url, "http://gw");
  assertEquals(typed.screen.split("\n").filter((line) => line.startsWith('"')), [
    '"htp://gw" is not an http or https URL; write it whole',
  ]);
});

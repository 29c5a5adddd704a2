import { assertEquals, assertRejects } from "@std/assert";
import { Failure } from "../../lib/failure/failure.ts";
import { Catalogue } from "../../lib/op/catalogue.ts";
import { withUnstarted } from "../support/unstarted_op.ts";

/** Has something listed by an `op` that is not started and prints this, or fails with such words. */
async function listed<T>(
  printed: string,
  ask: (catalogue: Catalogue) => Promise<T>,
  words = "",
): Promise<{ readonly list: T; readonly args: string }> {
  let given: readonly string[] = [];
  const { signal } = new AbortController();
  const list = await withUnstarted((args) => {
    given = args;
    return { printed, words, success: words === "" };
  }, () => ask(new Catalogue({ timeout: 60, withheld: [], signal })));
  return { list, args: given.join(" ") };
}

/** The names of the fields that can hold a key, of an item with these. */
async function keyFields(...fields: readonly unknown[]): Promise<unknown> {
  const printed = JSON.stringify({ title: "litellm", fields });
  const { list } = await listed(printed, (op) => op.fields("acme", "Work", "litellm"));
  return list.map(({ name }) => name);
}

Deno.test("fields are listed that can hold a key, hidden ones first, and no value is kept", async () => {
  const fields = [
    { id: "a", label: "user", type: "STRING", value: "ada" },
    { id: "b", label: "key", type: "CONCEALED", value: "sk-one" },
    { id: "c", label: "", type: "STRING", section: { id: "s", label: "More" } },
    { id: "d", label: "token", type: "CONCEALED", section: { id: "t" } },
  ];
  const { list, args } = await listed(
    JSON.stringify({ fields }),
    (op) => op.fields("acme", "Work", "litellm"),
  );
  assertEquals(args, "item get litellm --vault Work --account acme --format json");
  assertEquals(list, [
    { id: "b", name: "key", concealed: true },
    { id: "d", name: "token", concealed: true, section: { id: "t", name: "t" } },
    { id: "a", name: "user", concealed: false },
    {
      id: "c",
      name: "c",
      concealed: false,
      section: { id: "s", name: "More" },
      detail: "More",
    },
  ]);
  assertEquals((await listed("{}", (op) => op.fields(undefined, "Work", "x"))).list, []);
});

Deno.test("notes, and what is no text or changes with time, hold no key", async () => {
  const never = "ADDRESS DATE EMAIL FILE MENU MONTH_YEAR OTP PHONE REFERENCE SSHKEY URL".split(" ");
  for (const type of never) {
    assertEquals([type, await keyFields({ id: "a", label: "x", type })], [type, []]);
  }
  for (const type of ["STRING", "CONCEALED", "MY_URL", "URLS", "UNKNOWN", undefined]) {
    assertEquals([type, await keyFields({ id: "a", label: "x", type })], [type, ["x"]]);
  }
  assertEquals(await keyFields({ id: "a", label: "x", type: "STRING", purpose: "NOTES" }), []);
  assertEquals(await keyFields({ id: "a", label: "x", purpose: "PASSWORD" }), ["x"]);
});

Deno.test("vaults and items are listed by name, those of one name with their IDs", async () => {
  const vaults = await listed(
    '[{"id":"c","name":"Work"},{"id":"b","name":"Home"},{"id":"a","name":"Work"},{"id":"z"}]',
    (op) => op.vaults(undefined),
  );
  assertEquals(vaults.args, "vault list --format json");
  assertEquals(vaults.list, [
    { id: "b", name: "Home" },
    { id: "c", name: "Work", detail: "c" },
    { id: "a", name: "Work", detail: "a" },
    { id: "z", name: "z" },
  ]);
  const items = await listed('[{"id":"a","title":"litellm"}]', (op) => op.items("acme", "Work"));
  assertEquals(items.args, "item list --vault Work --account acme --format json");
  assertEquals(items.list, [{ id: "a", name: "litellm" }]);
  assertEquals((await listed("", (op) => op.vaults(undefined))).list, []);
});

Deno.test("accounts are listed with their addresses", async () => {
  const { list, args } = await listed(
    '[{"url":"acme.1password.com","email":"ada@example.com"},{"url":"my.1password.com"}]',
    (op) => op.accounts(),
  );
  assertEquals(args, "account list --format json");
  assertEquals(list, [
    { id: "acme.1password.com", name: "ada@example.com", detail: "acme.1password.com" },
    { id: "my.1password.com", name: "my.1password.com", detail: "my.1password.com" },
  ]);
});

Deno.test("what is not there is named", async () => {
  const saying = async (words: string): Promise<string> => {
    const { message } = await assertRejects(
      () => listed("", (op) => op.fields("acme", "Work", "litellm"), words),
      Failure,
    );
    return message;
  };
  assertEquals(
    [
      await saying("item litellm was not found"),
      await saying("vault Work was not found"),
      await saying('found no accounts for filter "acme"'),
    ],
    [
      '1Password has no item "litellm" in the vault "Work"',
      '1Password has no vault "Work" in this account',
      'op has no account "acme"',
    ],
  );
});

Deno.test("what is no listing is not shown, as it may hold secrets", async () => {
  const odd = [
    "sk-one",
    "[null]",
    '["sk-one"]',
    '{"id":"a"}',
    "[{}]",
    '[{"id":"-a"}]',
    '[{"id":"a\\u0007"}]',
  ];
  for (const printed of odd) {
    const failure = await assertRejects(
      () => listed(printed, (op) => op.vaults(undefined)),
      Failure,
    );
    assertEquals([printed, failure.kind, failure.message, failure.cause, failure.hints], [
      printed,
      "other",
      "op vault list printed something that cannot be understood",
      undefined,
      [
        "see that op is up to date: op update",
        "or give every answer as an option: claude-key help setup",
      ],
    ]);
  }
  for (const printed of ["[]", '{"fields":{}}', '{"fields":[1]}']) {
    await assertRejects(() => listed(printed, (op) => op.fields(undefined, "a", "b")), Failure);
  }
  await assertRejects(() => listed("{}", (op) => op.accounts()), Failure);
});

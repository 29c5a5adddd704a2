import { assertEquals } from "@std/assert";
import { accountsOf } from "../../lib/op/account_list.ts";

const ADA = {
  url: "https://acme.1password.com/",
  email: "ada@example.com",
  user_uuid: "ADA",
  account_uuid: "ACME",
  shorthand: "work",
};

Deno.test("an account is called by its address, or by its user where two share one", () => {
  const bob = { ...ADA, url: "acme.1password.com", user_uuid: "BOB" };
  const home = { url: "my.1password.com", user_uuid: "HOME" };
  const ids = accountsOf([ADA, home, bob])?.map(({ url, email, id }) => [url, email, id]);
  assertEquals(ids, [
    ["acme.1password.com", "ada@example.com", "ADA"],
    ["my.1password.com", "", "my.1password.com"],
    ["acme.1password.com", "ada@example.com", "BOB"],
  ]);
});

Deno.test("an account may be called by each of its names, and by no empty one", () => {
  const namesOf = (record: unknown): readonly string[] | undefined =>
    accountsOf([record])?.[0]?.names;
  const names = ["acme.1password.com", "acme", "work", "ada@example.com", "ADA", "ACME"];
  assertEquals(namesOf(ADA), names);
  assertEquals(namesOf({ url: 1, email: null, shorthand: "work", user_uuid: "" }), ["work"]);
  // Only what stands around an address is none of it.
  assertEquals(namesOf({ url: "a.b/c" })?.[0], "a.b/c");
  assertEquals(namesOf({ url: "a.https://b" })?.[0], "a.https://b");
});

Deno.test("what is no list of accounts is none", () => {
  assertEquals(accountsOf([]), []);
  for (const list of [null, {}, "accounts", [ADA, 1], [null], [[]]]) {
    assertEquals([list, accountsOf(list)], [list, undefined]);
  }
});

import { assertEquals, assertThrows } from "@std/assert";
import { Failure } from "../../lib/failure/failure.ts";
import { opArguments, usableAccount } from "../../lib/op/arguments.ts";

/** The arguments of a command that is told so, in one line. */
function line(operand?: string, options?: Record<string, string | undefined>): string {
  const told = { ...(operand !== undefined && { operand }), ...(options && { options }) };
  return opArguments(["item", "get"], told).join(" ");
}

Deno.test("op takes no name for an option, and sees no option that has no value", () => {
  assertEquals(line(), "item get");
  assertEquals(line("a-"), "item get a-");
  assertEquals(line("-a"), "item get -- -a");
  const options = { vault: "-v", account: undefined, format: "json" };
  assertEquals(line(undefined, options), "item get --vault=-v --format json");
  assertEquals(line("a", options), "item get a --vault=-v --format json");
  assertEquals(line("-a", options), "item get --vault=-v --format json -- -a");
  assertEquals(line("a", { vault: "v-", account: "" }), "item get a --vault v- --account ");
});

Deno.test("what can be no account is refused, and it is said where to set one", () => {
  for (const account of [undefined, "team.1password.com", "ada@example.com", "a-b", "ÄÖ"]) {
    assertEquals(usableAccount(account), account);
  }
  for (const account of ["-", "--x", "a b", "a\tb", "a\u00a0b", "a\u0007", "a\u200b"]) {
    const { kind, hints } = assertThrows(() => usableAccount(account), Failure);
    assertEquals([account, kind, hints], [account, "configuration", [
      "set OP_ACCOUNT to a sign-in address, say team.1password.com, or an ID: op account list",
    ]]);
  }
  const { message, hints } = assertThrows(() => usableAccount("a b", "OP_ACCOUNT in x"), Failure);
  assertEquals(message, '"a b" can be no account');
  assertEquals(hints[0]?.startsWith("set OP_ACCOUNT in x to "), true);
});

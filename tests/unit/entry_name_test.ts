import { assertEquals } from "@std/assert";
import { ENTRY_FILES, entryName, parseFileName } from "../../lib/cache/entry_name.ts";
import type { Secret } from "../../lib/configuration/configuration.ts";

const REFERENCE = { vault: "Work", item: "litellm", field: "API Key" };

Deno.test("whatever decides which secret it is decides which entry it is", async () => {
  const secrets: readonly Secret[] = [
    { authentication: "app", reference: REFERENCE },
    { authentication: "app", reference: REFERENCE, account: "same" },
    { authentication: "app", reference: REFERENCE, setUp: "same" },
    { authentication: "app", reference: REFERENCE, account: "same", setUp: "same" },
    // A token may have the text of an account's name, and a server and its token that of a token.
    { authentication: "service account", reference: REFERENCE, credential: "same" },
    { authentication: "Connect", reference: REFERENCE, credential: "same" },
    { authentication: "Connect", reference: REFERENCE, credential: "other" },
    { authentication: "app", reference: { ...REFERENCE, vault: "Home" } },
    { authentication: "app", reference: { ...REFERENCE, item: "litellm2" } },
    { authentication: "app", reference: { ...REFERENCE, field: "api key" } },
    { authentication: "app", reference: { ...REFERENCE, section: "Keys" } },
  ];
  const names = await Promise.all(secrets.map(entryName));
  assertEquals(new Set(names).size, secrets.length);
  assertEquals(await Promise.all(secrets.map(entryName)), names);
});

Deno.test("an entry keeps its name from version to version, or every key would be asked for anew", async () => {
  // printf %s '["app","","op://Work/litellm/API Key"]' | sha256sum
  const name = await entryName({ authentication: "app", reference: REFERENCE });
  assertEquals(name, "litellm-6a7bde0778550ce5");
});

Deno.test("an entry is called after its item, as far as file names allow", async () => {
  const labelOf = async (item: string): Promise<string> => {
    const name = await entryName({ authentication: "app", reference: { ...REFERENCE, item } });
    assertEquals(parseFileName(`${name}.key`), { entry: name, kind: "key" });
    return name.slice(0, -17);
  };
  assertEquals(await labelOf("LiteLLM_azAZ-0189"), "LiteLLM_azAZ-0189");
  assertEquals(await labelOf("Büro 1.2 / ../x"), "B-ro-1-2-x");
  assertEquals(await labelOf("x".repeat(41)), "x".repeat(40));
});

Deno.test("a file of the cache is known by the whole of its name", () => {
  const entry = `${"x".repeat(40)}-0123456789abcdef`;
  for (
    const [ending, kind] of [
      [".key", "key"],
      [".absent", "absent"],
      [".lock", "lock"],
      [".next.lock", "lock"],
      [".key.tmp.4711.0a1b2c", "temporary"],
      [".absent.tmp.4711.0a1b2c", "temporary"],
      [".lock.tmp.4711.0a1b2c", undefined],
      [".next.key", undefined],
      [".key.tmp.4711", undefined],
      [".key.tmp..0a1b2c", undefined],
      [".key.tmp.4711.0A", undefined],
      [".keys", undefined],
      ["", undefined],
    ] as const
  ) {
    assertEquals([ending, parseFileName(entry + ending)], [ending, kind && { entry, kind }]);
    assertEquals([ending, parseFileName(`x${entry}${ending}`)], [ending, undefined]);
  }
  // Else nobody would ever sweep it.
  const kinds = Object.values(ENTRY_FILES).map((ending) => parseFileName(entry + ending)?.kind);
  assertEquals(kinds, ["key", "absent", "lock", "lock"]);
});

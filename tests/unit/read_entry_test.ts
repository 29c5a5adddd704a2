import { assertEquals } from "@std/assert";
import { absentSince, readKey } from "../../lib/cache/read_entry.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

const RULES = { ttl: 60, now: Date.now(), uid: Deno.uid() };

Deno.test("a key is read with the time of its file, or it is said why there is none", () => {
  using temporary = new TemporaryFolder();
  const folder = temporary.path;
  const path = `${folder}/a.key`;
  const write = (text: string): void => Deno.writeTextFileSync(path, text, { mode: 0o600 });
  const asked = Math.floor(RULES.now / 1000) * 1000 - 10_000;
  assertEquals(readKey(path, RULES), { miss: "no cached key" });
  // A file in the place of the folder: no key was ever cached there.
  write("sk-one\n");
  assertEquals(readKey(`${path}/a.key`, RULES), { miss: "no cached key" });
  Deno.utimeSync(path, new Date(asked), new Date(asked));
  assertEquals(readKey(path, RULES), { key: "sk-one", asked });
  write("");
  assertEquals(readKey(path, RULES), { miss: "cache file empty" });
  write(`${"k".repeat(64 * 1024 - 1)}\n`);
  assertEquals("key" in readKey(path, RULES), true);
  write(`${"k".repeat(64 * 1024)}\n`);
  assertEquals(readKey(path, RULES), { miss: "too large" });
  Deno.removeSync(path);
  Deno.mkdirSync(path);
  assertEquals(readKey(path, RULES), { miss: "not a regular file" });
});

Deno.test("that there is no field is remembered by an empty file", () => {
  using temporary = new TemporaryFolder();
  const folder = temporary.path;
  const path = `${folder}/a.absent`;
  const asked = Math.floor(RULES.now / 1000) * 1000 - 10_000;
  const write = (text: string): void => {
    Deno.writeTextFileSync(path, text, { mode: 0o600 });
    Deno.utimeSync(path, new Date(asked), new Date(asked));
  };
  assertEquals(absentSince(path, RULES), undefined);
  write("");
  assertEquals(absentSince(path, RULES), asked);
  assertEquals(absentSince(path, { ...RULES, ttl: 10 }), undefined);
  write("x");
  assertEquals(absentSince(path, RULES), undefined);
});

import { assertEquals } from "@std/assert";
import { oldKeys } from "../../lib/cache/old_keys.ts";
import { resolveFolder } from "../../lib/files/resolve_folder.ts";

Deno.test("a key of the old scripts is one word in a file named after a project", () => {
  const folder = Deno.makeTempDirSync({ prefix: "claude-key-test-" });
  const resolved = resolveFolder(folder);
  const write = (name: string, text: string): void =>
    Deno.writeTextFileSync(`${folder}/${name}`, text);
  try {
    const keys = ["_x.key", "-y.key", "0.key", "Shop.key", "a.b_c-d.key", "k.key.key", "s.key"];
    for (const name of keys) write(name, "sk-old\n");
    // As one of them left it.
    write("s.key", "sk-old");
    for (const name of [".x.key", "a b.key", "ä.key", "x.keys", "x.key.bak", ".key"]) {
      write(name, "sk-old\n");
    }
    // Of claude-key's own form.
    write("litellm-0123456789abcdef.key", "sk-one\n");
    write("empty.key", "");
    write("words.key", "two words\n");
    write("certificate.key", "-----BEGIN-----\nMII\n");
    write("large.key", "k".repeat(65 * 1024));
    Deno.mkdirSync(`${folder}/folder.key`);
    assertEquals(oldKeys(resolved), keys.toSorted());
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
  assertEquals(oldKeys(resolved), []);
});

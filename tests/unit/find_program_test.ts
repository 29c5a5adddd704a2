import { assertEquals } from "@std/assert";
import { folderOf } from "../../lib/files/find_program.ts";
import { writeExecutable } from "../support/executable.ts";
import { join } from "../support/join.ts";
import { NO_MODES } from "../support/skips.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

Deno.test("a program is the first file of its name that may be run", { ignore: NO_MODES }, () => {
  using temporary = new TemporaryFolder();
  const folders = ["missing", "text", "folder", "program", "another"]
    .map((name) => join(temporary.path, name));
  const [, text = "", folder = "", program = "", another = ""] = folders;
  for (const path of [text, join(folder, "op"), program, another]) {
    Deno.mkdirSync(path, { recursive: true });
  }
  Deno.writeTextFileSync(join(text, "op"), "", { mode: 0o644 });
  writeExecutable(join(program, "op"), "");
  writeExecutable(join(another, "op"), "");
  assertEquals(folderOf("op", folders), program);
  assertEquals(folderOf("no", folders), undefined);
});

import { assertEquals } from "@std/assert";
import { removeFile } from "../../lib/cache/remove_file.ts";
import { within } from "../support/deadline.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

Deno.test("what becomes of a file is told, and of a lock that nobody can hold", async () => {
  using temporary = new TemporaryFolder();
  const folder = temporary.path;
  const { tryLock } = Deno.FsFile.prototype;
  const path = `${folder}/litellm-0123456789abcdef.lock`;
  const make = (): void => Deno.writeTextFileSync(path, "");
  try {
    assertEquals(await removeFile(path, true), "gone");
    make();
    assertEquals(await removeFile(path, true), "removed");
    make();
    {
      using held = Deno.openSync(path, { read: true, write: true });
      await within("the lock is free", held.lock(true));
      assertEquals(await removeFile(path, true), "in use");
      // As a file system that knows no locks has it.
      Deno.FsFile.prototype.tryLock = () => Promise.reject(new Error("no locks"));
      assertEquals(await removeFile(path, true), "removed");
    }
    Deno.mkdirSync(path);
    assertEquals(await removeFile(path, true), { problem: "is a folder" });
    assertEquals(Array.from(Deno.readDirSync(folder)).length, 1);
  } finally {
    Deno.FsFile.prototype.tryLock = tryLock;
  }
});

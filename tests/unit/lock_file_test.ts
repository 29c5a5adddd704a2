import { assertEquals } from "@std/assert";
import { lockProblem, openLockFile } from "../../lib/cache/lock_file.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

Deno.test("what lies in the place of a lock is named, until it has made way", () => {
  using temporary = new TemporaryFolder();
  const folder = temporary.path;
  const path = `${folder}/litellm-0123456789abcdef.lock`;
  assertEquals(lockProblem(path), undefined);
  Deno.mkdirSync(path);
  assertEquals(lockProblem(path), "is not a file");
  openLockFile(path)?.close();
  assertEquals(lockProblem(path), undefined);
  // Nothing of it is left, as nobody would ever sweep that.
  assertEquals(Array.from(Deno.readDirSync(folder), ({ isFile }) => isFile), [true]);
  assertEquals(openLockFile(`${folder}/missing/x.lock`), undefined);
});

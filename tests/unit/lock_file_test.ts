import { assertEquals } from "@std/assert";
import { isStillThere, lockProblem, openLockFile } from "../../lib/cache/lock_file.ts";
import { testOfUnix } from "../support/skips.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

const test = testOfUnix("a lock file that goes while somebody has it open");

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

test("a lock file is the one of its name until it is removed or replaced", () => {
  using temporary = new TemporaryFolder();
  const path = `${temporary.path}/a.lock`;
  const moved = `${temporary.path}/b.lock`;
  using file = Deno.openSync(path, { read: true, write: true, create: true });
  assertEquals(isStillThere(file, path), true);
  Deno.renameSync(path, moved);
  assertEquals([isStillThere(file, path), isStillThere(file, moved)], [false, true]);
  Deno.writeTextFileSync(path, "");
  assertEquals(isStillThere(file, path), false);
});

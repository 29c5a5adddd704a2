import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { writeAtomically, writeFlushed } from "../../lib/files/atomic_write.ts";
import { WINDOWS } from "../../lib/files/paths.ts";
import { NO_LINKS, NO_MODES } from "../support/skips.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

const CONTENT = new TextEncoder().encode("sk-one\n");

Deno.test("a name that somebody else has taken is not written to", () => {
  using temporary = new TemporaryFolder();
  const folder = temporary.path;
  const path = `${folder}/a.tmp`;
  Deno.writeTextFileSync(path, "planted");
  assertThrows(() => writeFlushed(path, CONTENT), Deno.errors.AlreadyExists);
  assertEquals(Deno.readTextFileSync(path), "planted");
});

Deno.test("a link that somebody else has put there is not written through", {
  ignore: NO_LINKS,
}, () => {
  using temporary = new TemporaryFolder();
  const folder = temporary.path;
  Deno.symlinkSync(`${folder}/elsewhere`, `${folder}/a.tmp`);
  assertThrows(() => writeFlushed(`${folder}/a.tmp`, CONTENT), Deno.errors.AlreadyExists);
  assertThrows(() => Deno.lstatSync(`${folder}/elsewhere`), Deno.errors.NotFound);
});

Deno.test("a file is replaced whole, with the mode and the time that are asked for", async () => {
  using temporary = new TemporaryFolder();
  const folder = temporary.path;
  const modeOf = (path: string): number => (Deno.statSync(path).mode ?? 0) & 0o777;
  const modified = new Date(1_700_000_000_000);
  await writeAtomically(`${folder}/new/place`, "a", "one\n");
  await writeAtomically(`${folder}/new/place`, "a", "two\n", { modified, mode: 0o640 });
  await writeAtomically(`${folder}/new/place`, "b", "three\n");
  const path = `${folder}/new/place/a`;
  assertEquals(Deno.readTextFileSync(path), "two\n");
  assertEquals(Deno.statSync(path).mtime, modified);
  if (!NO_MODES) {
    assertEquals(
      [modeOf(path), modeOf(`${folder}/new/place/b`), modeOf(`${folder}/new/place`)],
      [0o640, 0o600, 0o700],
    );
  }
  // A folder with something in it takes no file's place, and nothing is left behind.
  Deno.mkdirSync(`${folder}/new/place/c/full`, { recursive: true });
  await assertRejects(() => writeAtomically(`${folder}/new/place`, "c", "four\n"));
  assertEquals(
    Array.from(Deno.readDirSync(`${folder}/new/place`), ({ name }) => name).sort(),
    ["a", "b", "c"],
  );
});

Deno.test("a rename that fails is tried again on Windows only, where a reader may be in the way", async () => {
  using temporary = new TemporaryFolder();
  const { renameSync } = Deno;
  let attempts = 0;
  try {
    Deno.renameSync = (from, to) => {
      if (attempts++ === 0) throw new Deno.errors.PermissionDenied();
      renameSync(from, to);
    };
    const writing = writeAtomically(temporary.path, "a", "one\n");
    if (WINDOWS) await writing;
    else await assertRejects(() => writing, Deno.errors.PermissionDenied);
  } finally {
    Deno.renameSync = renameSync;
  }
  const names = Array.from(Deno.readDirSync(temporary.path), ({ name }) => name);
  assertEquals([attempts, names], WINDOWS ? [2, ["a"]] : [1, []]);
});

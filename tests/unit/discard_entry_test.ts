import { assertEquals } from "@std/assert";
import { discardEntry } from "../../lib/cache/discard_entry.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

/** What the system refuses. */
type Refused = "removeSync" | "truncateSync" | "utimeSync" | "lstatSync";

/** Whether a cached key is discarded where the system refuses something, and what is left of it. */
function discarded(...refused: readonly Refused[]): unknown {
  using temporary = new TemporaryFolder();
  const path = `${temporary.path}/a.key`;
  Deno.writeTextFileSync(path, "sk-one\n");
  const originals = refused.map((name) => [name, Deno[name]] as const);
  let isDiscarded: boolean;
  try {
    for (const name of refused) {
      Object.assign(Deno, {
        [name]: () => {
          throw new Deno.errors.PermissionDenied();
        },
      });
    }
    isDiscarded = discardEntry(path);
  } finally {
    Object.assign(Deno, Object.fromEntries(originals));
  }
  try {
    return [isDiscarded, Deno.readTextFileSync(path), Deno.statSync(path).mtime?.getTime() === 0];
  } catch {
    return [isDiscarded];
  }
}

Deno.test("a key is discarded by whatever the system lets be done with it", () => {
  assertEquals(discarded(), [true]);
  assertEquals(discarded("removeSync"), [true, "", true]);
  assertEquals(discarded("removeSync", "lstatSync"), [true, "", true]);
  // One that is empty, but young, would be taken for the memory that there is no field.
  assertEquals(discarded("removeSync", "utimeSync"), [false, "", false]);
  assertEquals(discarded("removeSync", "truncateSync"), [false, "sk-one\n", false]);
  assertEquals(discarded("removeSync", "truncateSync", "lstatSync"), [false, "sk-one\n", false]);
});

Deno.test("what is not there, or is no file, serves nobody", () => {
  using temporary = new TemporaryFolder();
  const path = `${temporary.path}/a.key`;
  assertEquals(discardEntry(path), true);
  Deno.mkdirSync(`${path}/full`, { recursive: true });
  assertEquals(discardEntry(path), true);
  Deno.writeTextFileSync(`${temporary.path}/file`, "");
  assertEquals(discardEntry(`${temporary.path}/file/a.key`), true);
});

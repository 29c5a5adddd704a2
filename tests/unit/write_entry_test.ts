import { assertEquals } from "@std/assert";
import { writeEntry } from "../../lib/cache/write_entry.ts";
import { resolveFolder } from "../../lib/files/resolve_folder.ts";
import { NO_MODES } from "../support/skips.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

const NAME = "litellm-0123456789abcdef.key";
const HOUR = 3_600_000;

/** What becomes of a key that is an hour old, on a file system that is so late with its times. */
async function written(late: number): Promise<unknown> {
  using temporary = new TemporaryFolder();
  const asked = new Date(Math.floor(Date.now() / 1000) * 1000 - HOUR);
  const { prototype } = Deno.FsFile;
  const { utimeSync } = prototype;
  try {
    prototype.utimeSync = function (): void {
      const time = new Date(asked.getTime() + late);
      utimeSync.call(this, time, time);
    };
    const folder = resolveFolder(temporary.path);
    const terms = { lifetime: 12 * HOUR / 1000, uid: Deno.uid() };
    const reason = await writeEntry(folder, NAME, { text: "sk-one\n", asked }, terms);
    return [reason, Array.from(Deno.readDirSync(temporary.path), ({ name }) => name)];
  } finally {
    prototype.utimeSync = utimeSync;
  }
}

Deno.test("a key that would look younger than it is is not kept", async () => {
  assertEquals(await written(0), [undefined, [NAME]]);
  // Before FAT's even seconds.
  assertEquals(await written(2_000), [undefined, [NAME]]);
  assertEquals(await written(3_000), ["no modification time", []]);
  assertEquals(await written(HOUR), ["no modification time", []]);
  assertEquals(await written(2 * HOUR), ["dated in the future", []]);
});

Deno.test("a key that others could read is not kept", { ignore: NO_MODES }, async () => {
  const { lstatSync } = Deno;
  try {
    Deno.lstatSync = (path) => {
      const info = lstatSync(path);
      return info.isFile ? { ...info, mode: 0o100777 } : info;
    };
    assertEquals(await written(HOUR), ["readable by others", []]);
  } finally {
    Deno.lstatSync = lstatSync;
  }
});

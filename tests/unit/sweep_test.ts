import { assertEquals } from "@std/assert";
import { sweep } from "../../lib/cache/sweep.ts";
import { resolveFolder } from "../../lib/files/resolve_folder.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

const ENTRY = "litellm-0123456789abcdef";
const HOUR = 3_600;
const DAY = 24 * HOUR;

/** Whether a file of such a name and age, in seconds, is there when the cache was swept. */
async function stays(name: string, age: number, lifetime: number): Promise<boolean> {
  using temporary = new TemporaryFolder();
  const folder = temporary.path;
  const time = new Date(Date.now() - age * 1_000);
  Deno.writeTextFileSync(`${folder}/${name}`, "sk-one\n");
  Deno.utimeSync(`${folder}/${name}`, time, time);
  await sweep(resolveFolder(folder), lifetime);
  return Array.from(Deno.readDirSync(folder)).length === 1;
}

Deno.test("a file of the cache stays for as long as it can be of use", async () => {
  for (
    const [ending, age, lifetime, expected] of [
      [".key", 12 * HOUR - 60, 12 * HOUR, true],
      [".key", 12 * HOUR, 12 * HOUR, false],
      [".absent", 12 * HOUR - 60, 12 * HOUR, true],
      [".absent", 12 * HOUR, 12 * HOUR, false],
      // A clock that is a little ahead, and one that is wrong.
      [".key", -4 * 60, 12 * HOUR, true],
      [".key", -6 * 60, 12 * HOUR, false],
      // Whoever writes now may have a file there already.
      [".key", 0, 1, true],
      // Nobody writes or asks for so long, however long a key is kept.
      [".key.tmp.1.a", HOUR - 60, 1, true],
      [".key.tmp.1.a", HOUR + 60, 30 * DAY, false],
      [".absent.tmp.1.a", HOUR + 60, 30 * DAY, false],
      [".lock", 2 * DAY - 60, 1, true],
      [".lock", 2 * DAY + 60, 1, false],
      [".lock", 2 * DAY + 60, 3 * DAY, true],
      [".next.lock", 3 * DAY + 60, 3 * DAY, false],
      // What is not of claude-key's own form.
      [".keys", 300 * DAY, 1, true],
    ] as const
  ) {
    const found = await stays(ENTRY + ending, age, lifetime);
    assertEquals([ending, age, lifetime, found], [ending, age, lifetime, expected]);
  }
});

Deno.test("a cache folder that is not there needs no sweep", async () => {
  const folder = Deno.makeTempDirSync({ prefix: "claude-key-test-" });
  const resolved = resolveFolder(`${folder}/cache`);
  Deno.removeSync(folder, { recursive: true });
  await sweep(resolved, 1);
});

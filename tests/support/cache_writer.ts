/**
 * Writes cache entries without end, for tests that kill it or read meanwhile: `FOLDER NAME`. Runs
 * as a program of its own, and prints a line when the first entry is written.
 *
 * @module
 */

import { resolveFolder } from "../../lib/files/resolve_folder.ts";
import { writeEntry } from "../../lib/cache/write_entry.ts";
import { longKey } from "./long_key.ts";

if (import.meta.main) {
  const [folder = "", name = ""] = Deno.args;
  const first = Deno.pid % 10_000 * 1_000;
  for (let round = 0;; round++) {
    await writeEntry(resolveFolder(folder), name, `${longKey(first + round % 1_000)}\n`);
    if (round === 0) Deno.stdout.writeSync(new TextEncoder().encode("writing\n"));
  }
}

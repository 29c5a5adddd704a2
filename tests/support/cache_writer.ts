/**
 * Writes cache entries without end, for tests that kill it or read meanwhile: `FOLDER NAME`. Runs
 * as a program of its own, and prints a line when the first entry is written.
 *
 * @module
 */

import { resolveFolder } from "../../lib/files/resolve_folder.ts";
import { writeEntry } from "../../lib/cache/write_entry.ts";
import { longKey } from "./long_key.ts";

const TERMS = { lifetime: 43_200, uid: Deno.uid() };

if (import.meta.main) {
  const [folder = "", name = ""] = Deno.args;
  const first = Deno.pid % 10_000 * 1_000;
  for (let round = 0;; round++) {
    const text = `${longKey(first + round % 1_000)}\n`;
    await writeEntry(resolveFolder(folder), name, { text, asked: new Date() }, TERMS);
    if (round === 0) Deno.stdout.writeSync(new TextEncoder().encode("writing\n"));
  }
}

/**
 * Writes cache entries without end, for tests that kill it or read meanwhile: `FOLDER NAME`. Runs
 * as a program of its own.
 *
 * @module
 */

import { writeEntry } from "../lib/cache/write_entry.ts";
import { longKey } from "./long_key.ts";

if (import.meta.main) {
  const [folder = "", name = ""] = Deno.args;
  for (let round = 0;; round++) await writeEntry(folder, name, `${longKey(round)}\n`);
}

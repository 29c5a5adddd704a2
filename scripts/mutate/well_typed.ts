/**
 * Sorts out the changes that the type check notices, all of one file in one run of it.
 *
 * @module
 */

import { changed, type FoundChange } from "./find_changes.ts";
import type { ProjectCopy } from "./project_copy.ts";

/**
 * Chooses the changes after which a file still passes the type check. Each becomes a file beside
 * the changed one; what imports that is not looked at, as exported functions name their types.
 *
 * @param copy Where to check.
 * @param changes Changes to one file.
 * @param flags Flags for `deno check`.
 * @returns Those that pass.
 */
export async function wellTyped(
  copy: ProjectCopy,
  changes: readonly FoundChange[],
  flags: readonly string[],
): Promise<FoundChange[]> {
  const candidates = new Map(changes.map((change, index) => {
    const file = change.file.replace(/ts$/, `${index}.changed.ts`);
    copy.write(file, changed(copy.read(change.file), change));
    return [file, change];
  }));
  try {
    while (candidates.size > 0) {
      const { success, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["check", "--quiet", "--frozen", ...flags, ...candidates.keys()],
        cwd: copy.root,
        env: { NO_COLOR: "1" },
        stdout: "null",
      }).output();
      if (success) break;
      const words = new TextDecoder().decode(stderr);
      const refused = [...candidates.keys()]
        .filter((file) => words.includes(`${new URL(file, copy.root)}:`));
      if (refused.length === 0) throw new Error(words);
      for (const file of refused) {
        candidates.delete(file);
        Deno.removeSync(new URL(file, copy.root));
      }
    }
    return [...candidates.values()];
  } finally {
    for (const file of candidates.keys()) Deno.removeSync(new URL(file, copy.root));
  }
}

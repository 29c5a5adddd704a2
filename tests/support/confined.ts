/**
 * What a command can still do when it has done its work; see probes/confinement.ts.
 *
 * @module
 */

import { join } from "./join.ts";
import { program } from "./program.ts";
import { OP, type Terminal } from "./terminal.ts";

/**
 * Runs a command, then tries from inside the same process all that a confined one might do.
 *
 * @param terminal The home to run it in.
 * @param args The command line.
 * @returns The attempts that succeeded.
 */
export async function abilitiesAfter(
  terminal: Terminal,
  args: readonly string[],
): Promise<string[]> {
  const outside = join(terminal.root, "outside");
  Deno.mkdirSync(outside);
  Deno.writeTextFileSync(join(outside, "file"), "private");
  Deno.copyFileSync(join(terminal.bin, OP), join(outside, OP));
  const { stderr } = await terminal.run([...args, outside], {
    env: { CLAUDE_KEY_CACHE_DIR: terminal.cache },
    program: program(new URL("./probes/confinement.ts", import.meta.url)),
  });
  const { after }: { after: Record<string, string> } = JSON.parse(stderr.split("\n").at(-1) ?? "");
  return Object.keys(after).filter((name) => after[name] !== "NotCapable");
}

/**
 * The dialects, by the name of their shell or format.
 *
 * @module
 */

import type { Dialect } from "./dialect.ts";
import { type Format, isPosixShell, type Shell } from "./names.ts";
import { dialect as posix } from "./posix.ts";

/**
 * Loads a dialect. The one that nearly everybody needs is at hand, because a dynamic import costs
 * more than the file; of the others, only the one asked for is loaded.
 *
 * @param name A shell or a format.
 * @returns How to write it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const fish = await loadDialect("fish");
 * assertEquals(fish.render(new Map([["A", "x y"]])), "set -gx A 'x y';\n");
 * ```
 */
export async function loadDialect(name: Shell | Format): Promise<Dialect> {
  if (isPosixShell(name)) return posix;
  switch (name) {
    case "fish":
      return (await import("./fish.ts")).dialect;
    case "pwsh":
      return (await import("./pwsh.ts")).dialect;
    case "cmd":
      return (await import("./cmd.ts")).dialect;
    case "csh":
      return (await import("./csh.ts")).dialect;
    case "elvish":
      return (await import("./elvish.ts")).dialect;
    case "nu":
      return (await import("./nu.ts")).dialect;
    case "xonsh":
      return (await import("./xonsh.ts")).dialect;
    case "json":
      return (await import("./json.ts")).dialect;
    case "dotenv":
      return (await import("./dotenv.ts")).dialect;
  }
}

/**
 * The shell of somebody who names none.
 *
 * @module
 */

import type { VariableLookup } from "../configuration/locations.ts";

/**
 * The shell to write for when the user names none: POSIX, except on Windows, where it is
 * PowerShell unless the environment shows a POSIX shell.
 *
 * @param os The operating system, as in `Deno.build.os`.
 * @param variable Looks up `MSYSTEM`, which the shells of MSYS2 and Git for Windows set, and `SHELL`,
 * which on Windows only programs from the Unix world set.
 * @returns The shell.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(defaultShell("darwin", () => undefined), "posix");
 * assertEquals(defaultShell("windows", () => undefined), "pwsh");
 * assertEquals(defaultShell("windows", (name) => ({ MSYSTEM: "MINGW64" })[name]), "posix");
 * ```
 */
export function defaultShell(
  os: typeof Deno.build.os,
  variable: VariableLookup,
): "posix" | "pwsh" {
  if (os !== "windows" || variable("MSYSTEM")) return "posix";
  const isPosix = /(?:^|[\\/])(?:ba|z|da|a|k|mk|ya)?sh(?:\.exe)?$/i.test(variable("SHELL") ?? "");
  return isPosix ? "posix" : "pwsh";
}

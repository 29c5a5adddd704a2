/**
 * Which shell the user types in.
 *
 * @module
 */

import type { VariableLookup } from "../configuration/locations.ts";
import { defaultShell } from "../shells/default_shell.ts";
import { type Shell, SHELLS } from "../shells/names.ts";

/**
 * Recognises the user's shell.
 *
 * @param os The operating system, as in `Deno.build.os`.
 * @param variable Looks up `SHELL` and its like.
 * @returns The login shell, as far as it is known; else what `claude-key env` writes for.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(loginShell("linux", () => "/usr/bin/fish"), "fish");
 * assertEquals(loginShell("linux", () => "/bin/dash"), "posix");
 * assertEquals(loginShell("windows", () => undefined), "pwsh");
 * ```
 */
export function loginShell(os: typeof Deno.build.os, variable: VariableLookup): Shell {
  const name = /([a-z]+)(?:\.exe)?$/.exec(variable("SHELL") ?? "")?.[1];
  if (name === "tcsh") return "csh";
  return SHELLS.find((shell) => shell === name) ?? defaultShell(os, variable);
}

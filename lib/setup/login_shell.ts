/**
 * Which shell the user types in.
 *
 * @module
 */

import { defaultShell, type Shell, SHELLS, type ShellVariables } from "../shells/dialects.ts";

/**
 * Recognises the user's shell.
 *
 * @param os The operating system, as in `Deno.build.os`.
 * @param variables The environment.
 * @returns The login shell, as far as it is known; else what `claude-key env` writes for.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(loginShell("linux", { SHELL: "/usr/bin/fish" }), "fish");
 * assertEquals(loginShell("linux", { SHELL: "/bin/dash" }), "posix");
 * assertEquals(loginShell("windows", {}), "pwsh");
 * ```
 */
export function loginShell(os: typeof Deno.build.os, variables: ShellVariables): Shell {
  const name = /([a-z]+)(?:\.exe)?$/.exec(variables.SHELL ?? "")?.[1];
  if (name === "tcsh") return "csh";
  return SHELLS.find((shell) => shell === name) ?? defaultShell(os, variables);
}

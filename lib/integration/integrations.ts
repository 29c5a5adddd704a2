/**
 * The integrations, by shell.
 *
 * @module
 */

import type { IntegratedShell } from "../shells/names.ts";
import type { Integration } from "./wrapper.ts";

/**
 * Loads the integration of one shell.
 *
 * @param shell The shell.
 * @returns How to define a function in it.
 */
export async function integrationFor(shell: IntegratedShell): Promise<Integration> {
  switch (shell) {
    case "bash":
      return (await import("./bash.ts")).integration;
    case "zsh":
      return (await import("./zsh.ts")).integration;
    case "fish":
      return (await import("./fish.ts")).integration;
    case "pwsh":
      return (await import("./pwsh.ts")).integration;
    case "posix":
      return (await import("./posix.ts")).integration;
  }
}

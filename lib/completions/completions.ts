/**
 * Completions, by shell.
 *
 * @module
 */

import type { CompletingShell } from "../shells/names.ts";

/**
 * Writes the completions of claude-key for one shell, from the table of commands.
 *
 * @param shell The shell.
 * @returns The text to evaluate, ending in a newline.
 */
export async function completionsFor(shell: CompletingShell): Promise<string> {
  switch (shell) {
    case "bash":
      return (await import("./bash.ts")).completions();
    case "zsh":
      return (await import("./zsh.ts")).completions();
    case "fish":
      return (await import("./fish.ts")).completions();
    case "pwsh":
      return (await import("./pwsh.ts")).completions();
  }
}

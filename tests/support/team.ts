/**
 * A team that gives its members their configuration.
 *
 * @module
 */

import { join } from "./join.ts";
import { type Program, program } from "./program.ts";
import type { Terminal } from "./terminal.ts";

/** Where an administrator writes the team's file for this terminal. */
export function teamFile(terminal: Terminal): string {
  return join(terminal.root, "etc", "claude", "team.env");
}

/**
 * Gives a terminal the team's file.
 *
 * @param terminal The terminal.
 * @param text What the file says; `null`: there is none.
 * @returns claude-key as it is where the team's file lies there.
 */
export function inTeam(terminal: Terminal, text: string | null): Program {
  const file = teamFile(terminal);
  Deno.mkdirSync(join(file, ".."), { recursive: true });
  if (text !== null) Deno.writeTextFileSync(file, text);
  const started = program(new URL("./probes/team_file.ts", import.meta.url));
  return { ...started, args: [...started.args, file] };
}

/**
 * The program under test: claude-key from source with the permissions of the compiled binary, or
 * the binary that `CLAUDE_KEY_BIN` names.
 *
 * @module
 */

import { permissionFlags } from "../../lib/confinement/permissions.ts";
import { bareEnvironment } from "../../scripts/bare_environment.ts";

const ENVIRONMENT = bareEnvironment();

/** A program and the arguments that come before its own. */
export interface Program {
  /** The file to run. */
  readonly command: string;
  /** What comes before the program's own arguments. */
  readonly args: readonly string[];
  /** The variables that it cannot run without. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Finds the program under test.
 *
 * @param entry The file to run from source in the place of `main.ts`.
 * @returns How to start it.
 */
export function program(entry: URL = new URL("../../main.ts", import.meta.url)): Program {
  const binary = Deno.env.get("CLAUDE_KEY_BIN");
  if (binary !== undefined && entry.pathname.endsWith("/main.ts")) {
    return { command: binary, args: [], env: ENVIRONMENT };
  }
  return {
    command: Deno.execPath(),
    args: [
      "run",
      "--quiet",
      "--frozen",
      ...importMap(),
      ...permissionFlags(Deno.build.os),
      entry.href,
    ],
    env: ENVIRONMENT,
  };
}

function importMap(): string[] {
  const path = Deno.env.get("CLAUDE_KEY_IMPORT_MAP");
  return path === undefined ? [] : [`--import-map=${path}`];
}

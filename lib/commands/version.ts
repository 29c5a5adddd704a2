/**
 * `claude-key --version`.
 *
 * @module
 */

import project from "../../deno.json" with { type: "json" };
import { print } from "../terminal/output.ts";

/** Prints the version. */
export function run(): void {
  print(`claude-key ${project.version}\n`);
}

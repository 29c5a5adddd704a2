/**
 * What can this process still do?
 *
 * @module
 */

import type { FolderReach } from "../cache/folder_reach.ts";
import { byHand, type Finding, ok, problem } from "./finding.ts";

/** The folder that the process is confined to. */
interface ConfinedFolder {
  /** Where it is, for people. */
  readonly shown: string;
  /** What can be done there. */
  readonly reach: FolderReach;
}

/**
 * Checks the confinement in force.
 *
 * @param excess What the process can do that it must not, in words.
 * @param folder The folder that it is confined to, if there is one.
 * @returns The finding, which lists what is left.
 */
export function checkConfinement(
  excess: readonly string[],
  folder: ConfinedFolder | undefined,
): Finding {
  const check = "confinement";
  if (excess.length > 0) {
    return problem(
      check,
      `this process can ${excess.join(", ")}`,
      byHand("run the released binary, or from source: deno task start doctor"),
    );
  }
  const isReached = folder !== undefined && folder.reach !== "nothing";
  return ok(check, "in force", [
    isReached ? `${folder.reach}: ${folder.shown}` : "read and write: no folder",
    "run: op",
    "no network, no environment, no other file or program, no foreign code",
  ]);
}

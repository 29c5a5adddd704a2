/**
 * Makes sure that there is an `op` to ask before anybody is asked.
 *
 * @module
 */

import { Failure } from "../failure/failure.ts";
import { runOp, type RunOptions } from "../op/run.ts";
import { INSTALL_VERSION_2, parseVersion } from "../op/version.ts";

const LONGEST_VERSION = 1024;

/**
 * Asks `op` for its version, which needs neither account nor approval.
 *
 * @param options How to run it.
 * @throws {Failure} Of kind `op missing` if there is none, or only version 1, which takes other
 * commands. What else may be wrong with it, the next command tells.
 */
export async function requireOp(options: Omit<RunOptions, "limit">): Promise<void> {
  const { stdout } = await runOp(["--version"], { ...options, limit: LONGEST_VERSION });
  const version = parseVersion(new TextDecoder().decode(stdout));
  if (!version?.tooOld) return;
  throw new Failure("op missing", `op ${version.version} is too old`, [INSTALL_VERSION_2]);
}

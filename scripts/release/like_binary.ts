/**
 * How Deno runs the bundles: in a binary, and without one.
 *
 * @module
 */

import { permissionFlags } from "../../lib/confinement/permissions.ts";

/**
 * What V8 is told. It makes no machine code at run time: that pays in no run of ours, each of which
 * would wait for it, and so no memory is ever both written and run. And it notes at once where in the
 * text a function comes from: the first exception would have it read again all that is under way,
 * and most hits meet one, as most machines have no file of a team.
 * Source: https://v8.dev/blog/jitless, https://v8.dev/blog/v8-release-82 and its `flag-definitions.h`.
 */
export const V8_FLAGS = ["--jitless", "--no-enable-lazy-source-positions"] as const;

/** Deno's code cache would be a predictable file in the shared temp folder, run as it is found. */
export const RUNTIME_FLAGS = ["--no-code-cache", `--v8-flags=${V8_FLAGS.join()}`] as const;

/** A bundle is whole; whatever it still wanted from elsewhere would be a defect. */
export const SELF_CONTAINED = ["--no-config", "--no-lock", "--no-remote", "--no-npm"] as const;

/**
 * Says how Deno runs a bundle without a binary, as near to one as can be.
 *
 * @param entry The file to run.
 * @returns The arguments for Deno, before the program's own.
 */
export function likeBinary(entry: string): string[] {
  const permissions = permissionFlags(Deno.build.os);
  return ["run", "--quiet", ...SELF_CONTAINED, ...RUNTIME_FLAGS, ...permissions, entry];
}

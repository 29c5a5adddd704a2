/**
 * The systems that claude-key is compiled for, and how the files of a release are called.
 *
 * @module
 */

/** A system that claude-key is compiled for. */
export interface Target {
  /** How `deno compile --target` calls it. */
  readonly triple: string;
  /** How `Deno.build.os` calls it: the permissions depend on it. */
  readonly os: "linux" | "darwin" | "windows";
  /** How the files of a release call system and processor. */
  readonly label: string;
}

/** All of them. */
export const TARGETS: readonly Target[] = [
  { triple: "x86_64-unknown-linux-gnu", os: "linux", label: "linux-x64" },
  { triple: "aarch64-unknown-linux-gnu", os: "linux", label: "linux-arm64" },
  { triple: "x86_64-apple-darwin", os: "darwin", label: "macos-x64" },
  { triple: "aarch64-apple-darwin", os: "darwin", label: "macos-arm64" },
  { triple: "x86_64-pc-windows-msvc", os: "windows", label: "windows-x64" },
  { triple: "aarch64-pc-windows-msvc", os: "windows", label: "windows-arm64" },
];

/**
 * Finds a target.
 *
 * @param triple How `deno compile --target` calls it; `Deno.build.target` for this machine.
 * @returns The target.
 * @throws {Error} If claude-key is not compiled for it.
 */
export function findTarget(triple: string): Target {
  const target = TARGETS.find((each) => each.triple === triple);
  if (target !== undefined) return target;
  const known = TARGETS.map((each) => each.triple).join(", ");
  throw new Error(`no target "${triple}"; there are ${known}`);
}

/**
 * The name that everything made for a target begins with.
 *
 * @param version The version.
 * @param target The target.
 * @returns The name, without an ending.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const target = findTarget("aarch64-apple-darwin");
 * assertEquals(releaseName("1.2.3", target), "claude-key-1.2.3-macos-arm64");
 * ```
 */
export function releaseName(version: string, target: Target): string {
  return `claude-key-${version}-${target.label}`;
}

/**
 * What ends the name of a program.
 *
 * @param target The system that the program is for.
 * @returns `.exe`, or nothing.
 */
export function programEnding(target: Target): string {
  return target.os === "windows" ? ".exe" : "";
}

/**
 * What ends the name of an archive: what the system can unpack as it is delivered.
 *
 * @param target The system that the archive is for.
 * @returns `.zip` or `.tar.gz`.
 */
export function archiveEnding(target: Target): string {
  return target.os === "windows" ? ".zip" : ".tar.gz";
}

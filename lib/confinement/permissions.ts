/**
 * Everything that claude-key may ever do, in one list: for the compiled binary, for running from
 * source and for the tests. What a run really needs is far less; see `confinement.ts`.
 *
 * @module
 */

/** The environment variables that claude-key may read. A `*` stands for any ending. */
export const READABLE_VARIABLES: readonly string[] = [
  "APPDATA",
  "HOME",
  "LOCALAPPDATA",
  "MSYSTEM",
  "NO_COLOR",
  "PATH",
  "ProgramFiles",
  "SHELL",
  "USERPROFILE",
  "XDG_CACHE_HOME",
  "XDG_CONFIG_HOME",
  "ANTHROPIC_*",
  "CLAUDE_*",
  "LITELLM_BASE_URL",
  "OP_*",
];

/**
 * The roots below which every path lies. They are listed one by one because a bare permission
 * cannot be narrowed at run time.
 *
 * @param os The operating system that the program runs on.
 * @returns `/`, or on Windows every drive.
 */
export function roots(os: typeof Deno.build.os): readonly string[] {
  if (os !== "windows") return ["/"];
  return Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ", (letter) => `${letter}:\\`);
}

/**
 * The permissions as flags for `deno run` and `deno compile`. There is no network, no FFI, and
 * nothing is ever asked. Deno allows imports from a few public hosts whatever the flags deny;
 * from source the standard library comes from one of them. They end with confinement.
 *
 * @param os The operating system that the program runs on.
 * @returns The flags, the same set for every way of running.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(permissionFlags("linux").slice(0, 3), [
 *   "--allow-read=/",
 *   "--allow-write=/",
 *   "--allow-run=op",
 * ]);
 * ```
 */
export function permissionFlags(os: typeof Deno.build.os): string[] {
  const paths = roots(os).join(",");
  return [
    `--allow-read=${paths}`,
    `--allow-write=${paths}`,
    "--allow-run=op",
    `--allow-env=${READABLE_VARIABLES.join(",")}`,
    "--allow-sys=uid",
    "--no-prompt",
  ];
}

/**
 * The permissions of the compiled binary, which has nothing to import: Deno's list of public hosts
 * can be replaced but not emptied, so that it names one that can never be (RFC 2606).
 *
 * @param os The operating system that the binary is for.
 * @returns The flags for `deno compile`.
 */
export function compiledPermissionFlags(os: typeof Deno.build.os): string[] {
  return [...permissionFlags(os), `--allow-import=${NO_HOST}`];
}

/** The one host of the compiled binary's list. */
export const NO_HOST = "nowhere.invalid:443";

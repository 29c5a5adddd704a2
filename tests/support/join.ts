/**
 * Paths of the system that the tests run on. `@std/path/join` would choose by itself, but it loads
 * Deno's Node layer to do so, which takes longer than most commands.
 *
 * @module
 */

const native = Deno.build.os === "windows"
  ? await import("@std/path/windows/join")
  : await import("@std/path/posix/join");

/** Joins the parts of a path and normalises the result. */
export const join: (...parts: string[]) => string = native.join;

/**
 * Paths of the system that this runs on. `@std/path/join` would choose by itself, but it loads
 * Deno's Node layer to do so, which doubles the cost of a cache hit. What is not chosen here is not
 * even loaded.
 *
 * @module
 */

const windows = Deno.build.os === "windows";

const native = windows
  ? { ...await import("@std/path/windows/join"), ...await import("@std/path/windows/is-absolute") }
  : { ...await import("@std/path/posix/join"), ...await import("@std/path/posix/is-absolute") };

/** Joins the parts of a path and normalises the result. */
export const join: (...parts: string[]) => string = native.join;

/** Whether a path begins at a root. */
export const isAbsolute: (path: string) => boolean = native.isAbsolute;

/**
 * Paths of the system that this runs on. `@std/path/join` would choose by itself, but it loads
 * Deno's Node layer to do so, which doubles the cost of a cache hit.
 *
 * @module
 */

import { isAbsolute as posixIsAbsolute } from "@std/path/posix/is-absolute";
import { join as posixJoin } from "@std/path/posix/join";
import { isAbsolute as windowsIsAbsolute } from "@std/path/windows/is-absolute";
import { join as windowsJoin } from "@std/path/windows/join";

const windows = Deno.build.os === "windows";

/** Joins the parts of a path and normalises the result. */
export const join: (...parts: string[]) => string = windows ? windowsJoin : posixJoin;

/** Whether a path begins at a root. */
export const isAbsolute: (path: string) => boolean = windows ? windowsIsAbsolute : posixIsAbsolute;

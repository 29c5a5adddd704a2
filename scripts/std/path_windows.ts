/**
 * Stand-in for the entries of `@std/path/windows` that the project uses.
 *
 * @module
 */

import { win32 } from "node:path";

/** As `@std/path/windows/join`. */
export const join: (...paths: string[]) => string = win32.join;

/** As `@std/path/windows/is-absolute`. */
export const isAbsolute: (path: string) => boolean = win32.isAbsolute;

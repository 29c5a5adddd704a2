/**
 * Stand-in for the entries of `@std/path/posix` that the project uses.
 *
 * @module
 */

import { posix } from "node:path";

/** As `@std/path/posix/join`. */
export const join: (...paths: string[]) => string = posix.join;

/** As `@std/path/posix/is-absolute`. */
export const isAbsolute: (path: string) => boolean = posix.isAbsolute;

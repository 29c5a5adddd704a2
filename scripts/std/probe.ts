/**
 * Imports every package of the standard library that the project uses, so that loading this file
 * shows whether they can be had.
 *
 * @module
 */

import "@std/assert";
import "@std/cli/parse-args";
import "@std/cli/unicode-width";
import "@std/fs/ensure-dir";
import "@std/path/posix/join";

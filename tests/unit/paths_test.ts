import { assertEquals } from "@std/assert";
import { isAbsolute as isAbsolutePosix } from "@std/path/posix/is-absolute";
import { join as joinPosix } from "@std/path/posix/join";
import { isAbsolute as isAbsoluteWindows } from "@std/path/windows/is-absolute";
import { join as joinWindows } from "@std/path/windows/join";
import { join } from "../support/join.ts";
import { below, isAbsolute, isOnServer, parentOf } from "../../lib/files/paths.ts";

Deno.test("a path is absolute where the standard library says so", () => {
  for (
    const path of [
      ...["/", "/x", "//x", "", ".", "x", "x/y", "~", "~/x", " /x", "./x", "../x"],
      ...["C:\\", "C:\\x", "c:/x", "C:", "C:x", "\\x", "\\\\server\\share", "1:\\x", "CC:\\x"],
    ]
  ) {
    assertEquals(isAbsolute(path, false), isAbsolutePosix(path), path);
    // What the standard library takes beside is another folder on each drive, or on a server.
    const rooted = /^[\\/]/.test(path);
    assertEquals(isAbsolute(path, true), isAbsoluteWindows(path) && !rooted, path);
  }
});

Deno.test("a server is told from the roots and devices of Windows", () => {
  for (const path of ["\\\\server\\share\\x", "//server/share", "\\\\?\\UNC\\server\\share"]) {
    assertEquals([isOnServer(path, true), isOnServer(path, false)], [true, false], path);
  }
  for (const path of ["C:\\x", "\\x", "/c/x", "\\\\?\\C:\\x", "\\\\.\\pipe\\x", "", "x"]) {
    assertEquals(isOnServer(path, true), false, path);
  }
});

Deno.test("a parent is the one that the standard library finds", () => {
  for (const path of ["/", "/x", "/x/y", "/x y/z", "/x/.y"]) {
    assertEquals(parentOf(path, false), joinPosix(path, ".."));
  }
  for (const path of ["C:\\", "C:\\x", "C:\\x\\y", "C:\\x y\\z"]) {
    assertEquals(parentOf(path, true), joinWindows(path, ".."));
  }
});

Deno.test("whatever the path, its parents come to an end", () => {
  for (const path of ["", "x", "/x//y/", "/x/../y", "C:/x\\y", "\\\\server\\share\\x"]) {
    for (const windows of [true, false]) {
      let [folder, parent] = [path, parentOf(path, windows)];
      for (let steps = 0; folder !== parent; steps++) {
        assertEquals(steps < 5, true, path);
        [folder, parent] = [parent, parentOf(parent, windows)];
      }
    }
  }
});

Deno.test("a file is below its folder, with one separator between them", () => {
  for (const folder of [join("/"), join("/x"), join("/x/")]) {
    assertEquals(below(folder, "y", "z"), join(folder, "y", "z"));
  }
});

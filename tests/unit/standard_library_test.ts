/**
 * What the project and its tests rely on in the standard library. These hold for the real packages
 * and for the stand-ins alike.
 */

import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { parseArgs } from "@std/cli/parse-args";
import { unicodeWidth } from "@std/cli/unicode-width";
import { ensureDir } from "@std/fs/ensure-dir";
import { isAbsolute as posixIsAbsolute } from "@std/path/posix/is-absolute";
import { join as posixJoin } from "@std/path/posix/join";
import { isAbsolute as windowsIsAbsolute } from "@std/path/windows/is-absolute";
import { join as windowsJoin } from "@std/path/windows/join";

/** Parses as claude-key does, and notes what was unknown. */
function parse(...args: string[]): { parsed: Record<string, unknown>; strange: string[] } {
  const strange: string[] = [];
  const parsed: Record<string, unknown> = parseArgs(args, {
    string: ["_", "ttl"],
    boolean: ["refresh", "help"],
    alias: { h: "help" },
    unknown: (arg: string, key?: string): boolean => {
      if (key !== undefined) strange.push(arg);
      return key === undefined;
    },
  });
  return { parsed, strange };
}

Deno.test("parseArgs reads switches, values in both spellings, and short names", () => {
  for (
    const args of [["--refresh", "--ttl", "1h", "-h"], ["--ttl=1h", "-h", "--refresh"]]
  ) {
    const { parsed, strange } = parse(...args);
    assertEquals(strange, []);
    assertEquals([parsed["refresh"], parsed["ttl"], parsed["help"]], [true, "1h", true]);
  }
});

Deno.test("parseArgs leaves out what is not given, or says false", () => {
  const { parsed } = parse();
  assertEquals([parsed["refresh"], parsed["ttl"]], [false, undefined]);
});

Deno.test("parseArgs keeps numbers as they are written", () => {
  const { parsed } = parse("007", "--ttl", "010");
  assertEquals([parsed["_"], parsed["ttl"]], [["007"], "010"]);
});

Deno.test("parseArgs reports unknown options, negated ones too, and leaves them out", () => {
  for (const option of ["--bogus", "--bogus=1", "-x", "--no-refresh", "--no-bogus"]) {
    const { parsed, strange } = parse("--refresh", option);
    assertEquals([option, strange.length, parsed["refresh"]], [option, 1, true]);
  }
});

Deno.test("parseArgs takes what stands behind -- for arguments", () => {
  assertEquals(parse("--", "--bogus", "--refresh").parsed["_"], ["--bogus", "--refresh"]);
});

Deno.test("parseArgs has the last of a repeated option, and no value where there is none", () => {
  assertEquals(parse("--ttl", "1h", "--ttl=2h").parsed["ttl"], "2h");
  assertEquals(parse("--ttl").parsed["ttl"], "");
  assertEquals(parse("--ttl", "--refresh").parsed["ttl"], "");
});

Deno.test("join and isAbsolute know both kinds of path", () => {
  assertEquals(posixJoin("/home/me", "..", "you", "x"), "/home/you/x");
  assertEquals(posixJoin("/", ".."), "/");
  assertEquals(windowsJoin("C:\\Users", "me/x"), "C:\\Users\\me\\x");
  assertEquals(windowsJoin("C:\\", ".."), "C:\\");
  assertEquals(["/x", "x", "~/x", ""].map((path) => posixIsAbsolute(path)), [
    true,
    false,
    false,
    false,
  ]);
  assertEquals(["C:\\x", "C:x", "\\\\server\\x"].map((path) => windowsIsAbsolute(path)), [
    true,
    false,
    true,
  ]);
});

Deno.test("ensureDir makes what is missing and is content with what is there", async () => {
  const root = Deno.makeTempDirSync();
  for (const _time of ["missing", "there"]) await ensureDir(`${root}/a/b`);
  assertEquals(Deno.statSync(`${root}/a/b`).isDirectory, true);
  Deno.removeSync(root, { recursive: true });
});

Deno.test("assertions fail when they should", async () => {
  assertThrows(() => assertEquals<unknown>({ a: [1] }, { a: [2] }));
  assertThrows(() => assertEquals<unknown>(1, "1"));
  assertThrows(() => assert(false));
  assertThrows(() => assertThrows(() => {}));
  assertThrows(
    () => {
      throw new TypeError("one two");
    },
    TypeError,
    "two",
  );
  await assertRejects(() => assertRejects(() => Promise.resolve()));
});

Deno.test("unicodeWidth counts columns of a terminal", () => {
  assertEquals(["", "key", "é", "e\u0301", "金庫", "🔑", "\u200b"].map(unicodeWidth), [
    0,
    3,
    1,
    1,
    4,
    2,
    0,
  ]);
});

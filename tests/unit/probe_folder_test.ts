import { assertEquals } from "@std/assert";
import { parseFileName } from "../../lib/cache/entry_name.ts";
import {
  brokenLocks,
  foldersForKeys,
  lookAtFolder,
  newestTime,
  writeProbe,
} from "../../lib/doctor/probe_folder.ts";
import { lastPart } from "../../lib/files/paths.ts";
import { type ResolvedFolder, resolveFolder } from "../../lib/files/resolve_folder.ts";
import { join } from "../support/join.ts";
import { NO_LINKS, NO_MODES, testOfUnix } from "../support/skips.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

const ENTRY = "litellm-0123456789abcdef";

/** A cache folder, and a place for it. */
class Cache extends TemporaryFolder {
  readonly folder: ResolvedFolder = resolveFolder(join(this.path, "claude"));

  /** Makes the folder with empty files in it. */
  with(...names: readonly string[]): this {
    Deno.mkdirSync(this.folder, { recursive: true });
    for (const name of names) Deno.writeTextFileSync(join(this.folder, name), "");
    return this;
  }
}

Deno.test("doctor makes the cache folder where there is none, and for its user alone", () => {
  using cache = new Cache();
  const { mode, ...facts } = Object(lookAtFolder(cache.folder));
  assertEquals(facts, { isDirectory: true, uid: Deno.uid(), isShared: false });
  if (!NO_MODES) assertEquals(mode & 0o777, 0o700);
});

Deno.test("a cache folder is shared when something in it is not claude-key's", () => {
  using cache = new Cache();
  const isShared = (): boolean => Object(lookAtFolder(cache.folder)).isShared;
  cache.with(`${ENTRY}.key`, `${ENTRY}.absent`, `${ENTRY}.lock`, `${ENTRY}.key.tmp.1.a`);
  assertEquals(isShared(), false);
  cache.with("notes.txt");
  assertEquals(isShared(), true);
  const { readDirSync } = Deno;
  try {
    // Root, who may run this, can list whatever there is.
    Deno.readDirSync = () => {
      throw new Deno.errors.PermissionDenied();
    };
    assertEquals(isShared(), true);
  } finally {
    Deno.readDirSync = readDirSync;
  }
});

Deno.test("a file in the place of the cache folder is no folder, and holds nothing", () => {
  using cache = new Cache();
  Deno.writeTextFileSync(cache.folder, "");
  const { isDirectory, isShared } = Object(lookAtFolder(cache.folder));
  assertEquals([isDirectory, isShared], [false, false]);
});

testOfUnix("what the system says of a folder below a file")(
  "below a file there is no cache folder, and none can be made",
  () => {
    using cache = new Cache();
    Deno.writeTextFileSync(cache.folder, "");
    const refusal = { words: "it is not a folder", reason: "not a folder" } as const;
    assertEquals(lookAtFolder(resolveFolder(join(cache.folder, "claude"))), refusal);
    assertEquals(writeProbe(cache.folder), refusal);
  },
);

Deno.test("doctor tries with a file as large as a key may be, which goes at once or is swept", () => {
  using cache = new Cache().with();
  const { lstatSync } = Deno;
  const seen: (readonly [name: string, size: number])[] = [];
  try {
    Deno.lstatSync = (path) => {
      const info = lstatSync(path);
      seen.push([lastPart(String(path)), info.size]);
      return info;
    };
    const start = Date.now();
    const { file, before, after } = Object(writeProbe(cache.folder));
    assertEquals([file.isFile, start <= before, before <= after], [true, true, true]);
    if (!NO_MODES) assertEquals(file.mode & 0o777, 0o600);
  } finally {
    Deno.lstatSync = lstatSync;
  }
  const kinds = seen.map(([name, size]) => [parseFileName(name)?.kind, size]);
  assertEquals(kinds, [["temporary", 64 * 1024]]);
  assertEquals(Array.from(Deno.readDirSync(cache.folder)), []);
});

Deno.test("what cannot be written whole is removed, and doctor hears why", () => {
  using cache = new Cache().with();
  const { lstatSync } = Deno;
  try {
    Deno.lstatSync = () => {
      throw new Error("No space left on device (os error 28)");
    };
    assertEquals(Object(writeProbe(cache.folder)).reason, "room");
  } finally {
    Deno.lstatSync = lstatSync;
  }
  assertEquals(Array.from(Deno.readDirSync(cache.folder)), []);
});

Deno.test("the newest file of the cache is the newest of claude-key's own", () => {
  using cache = new Cache();
  assertEquals(newestTime(cache.folder), undefined);
  cache.with("notes.txt");
  assertEquals(newestTime(cache.folder), undefined);
  cache.with(`${ENTRY}.absent`, `${ENTRY}.key`, `${ENTRY}.lock`);
  for (const [index, ending] of ["absent", "key", "lock"].entries()) {
    const time = [3_000, 9_000, 6_000][index] ?? 0;
    Deno.utimeSync(join(cache.folder, `${ENTRY}.${ending}`), time, time);
  }
  assertEquals(newestTime(cache.folder), 9_000_000);
  Deno.removeSync(cache.folder, { recursive: true });
  Deno.writeTextFileSync(cache.folder, "");
  assertEquals(newestTime(cache.folder), undefined);
});

Deno.test("folders in the place of keys are found, and nothing else", () => {
  using cache = new Cache();
  assertEquals(foldersForKeys(cache.folder), []);
  const other = "other-0123456789abcdef";
  cache.with(`${ENTRY}.key`, "notes.txt");
  for (const name of [`${other}.key`, `${ENTRY}.absent`, `${ENTRY}.lock`, "server.key"]) {
    Deno.mkdirSync(join(cache.folder, name));
  }
  assertEquals(foldersForKeys(cache.folder), [`${ENTRY}.absent`, `${other}.key`]);
  Deno.removeSync(cache.folder, { recursive: true });
  Deno.writeTextFileSync(cache.folder, "");
  assertEquals(foldersForKeys(cache.folder), []);
});

Deno.test("a lock is broken where it is no file", () => {
  using cache = new Cache();
  assertEquals(brokenLocks(cache.folder), []);
  cache.with(`${ENTRY}.lock`);
  Deno.mkdirSync(join(cache.folder, `${ENTRY}.key`));
  assertEquals(brokenLocks(cache.folder), []);
  Deno.mkdirSync(join(cache.folder, `${ENTRY}.next.lock`));
  const problem = "is not a file";
  const broken = [{ name: `${ENTRY}.next.lock`, problem, isDirectory: true }];
  assertEquals(brokenLocks(cache.folder), broken);
  if (!NO_LINKS) {
    const name = "other-0123456789abcdef.lock";
    Deno.symlinkSync(cache.path, join(cache.folder, name));
    assertEquals(brokenLocks(cache.folder), [...broken, { name, problem, isDirectory: false }]);
  }
  Deno.removeSync(cache.folder, { recursive: true });
  Deno.writeTextFileSync(cache.folder, "");
  assertEquals(brokenLocks(cache.folder), []);
});

import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import type { ArchiveEntry } from "../../scripts/release/archive_entry.ts";
import { formatChecksums, parseChecksums, sha256 } from "../../scripts/release/checksums.ts";
import { tarGz } from "../../scripts/release/tar_archive.ts";
import { zip } from "../../scripts/release/zip_archive.ts";
import { outputOf } from "../support/deadline.ts";
import { isInstalled } from "../support/real_shells.ts";
import { NO_TAR_IN_WINE } from "../support/skips.ts";

const encoder = new TextEncoder();

/** Of sizes around the 512 bytes of a tar block, and one that has every byte. */
const ENTRIES: readonly ArchiveEntry[] = [
  { path: "claude-key-1/claude-key", executable: true, content: everyByte(100_000) },
  { path: "claude-key-1/LICENSE", executable: false, content: everyByte(512) },
  { path: "claude-key-1/README.md", executable: false, content: encoder.encode("read me\n") },
  { path: "claude-key-1/empty", executable: false, content: new Uint8Array() },
];

function everyByte(length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, index) => index % 251);
}

async function assertUnpacks(
  archive: Uint8Array<ArrayBuffer>,
  name: string,
  command: string,
  ...args: string[]
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "claude-key-test-" });
  try {
    await Deno.writeFile(`${folder}/${name}`, archive);
    const { success, stderr } = await outputOf(command, {
      args: [...args, name],
      cwd: folder,
    });
    assertEquals(new TextDecoder().decode(stderr), "");
    assertEquals(success, true);
    for (const { path, executable, content } of ENTRIES) {
      assertEquals(await Deno.readFile(`${folder}/${path}`), content, path);
      if (Deno.build.os === "windows") continue;
      const { mode, mtime } = await Deno.stat(`${folder}/${path}`);
      assertEquals((mode ?? 0) & 0o777, executable ? 0o755 : 0o644, path);
      assertEquals(mtime?.getUTCFullYear(), 1980, path);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test({
  name: "tar unpacks a .tar.gz archive as it was packed",
  ignore: !isInstalled("tar"),
  fn: async () => await assertUnpacks(await tarGz(ENTRIES), "a.tar.gz", "tar", "-xzf"),
});

Deno.test({
  name: "the tar of BusyBox unpacks a .tar.gz archive as it was packed",
  ignore: !isInstalled("busybox"),
  fn: async () => await assertUnpacks(await tarGz(ENTRIES), "a.tar.gz", "busybox", "tar", "-xzf"),
});

Deno.test({
  name: "unzip unpacks a .zip archive as it was packed",
  ignore: !isInstalled("unzip"),
  fn: async () => await assertUnpacks(await zip(ENTRIES), "a.zip", "unzip", "-q"),
});

Deno.test({
  name: "the tar of Windows unpacks a .zip archive as it was packed",
  ignore: Deno.build.os !== "windows" || NO_TAR_IN_WINE,
  fn: async () => {
    const tar = `${Deno.env.get("SystemRoot")}\\System32\\tar.exe`;
    await assertUnpacks(await zip(ENTRIES), "a.zip", tar, "-xf");
  },
});

Deno.test("the same files give the same archive", async () => {
  assertEquals(await tarGz(ENTRIES), await tarGz(ENTRIES));
  assertEquals(await zip(ENTRIES), await zip(ENTRIES));
});

Deno.test("a path that does not fit into a tar archive is refused", async () => {
  const entry = { path: "a".repeat(101), executable: false, content: new Uint8Array() };
  await assertRejects(() => tarGz([entry]), RangeError, "too long");
});

Deno.test({
  name: "sha256sum accepts the checksums of a release",
  ignore: !isInstalled("sha256sum"),
  fn: async () => {
    const folder = await Deno.makeTempDir({ prefix: "claude-key-test-" });
    try {
      const sums = new Map<string, string>();
      for (const name of ["b.zip", "a.tar.gz"]) {
        const content = encoder.encode(name);
        await Deno.writeFile(`${folder}/${name}`, content);
        sums.set(name, await sha256(content));
      }
      await Deno.writeTextFile(`${folder}/checksums.txt`, formatChecksums(sums));
      const { stdout, stderr, code } = await outputOf("sha256sum", {
        args: ["--check", "--strict", "checksums.txt"],
        cwd: folder,
      });
      assertEquals(new TextDecoder().decode(stderr), "");
      assertEquals(new TextDecoder().decode(stdout), "a.tar.gz: OK\nb.zip: OK\n");
      assertEquals(code, 0);
      assertEquals(parseChecksums(formatChecksums(sums)), sums);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

Deno.test("a line that is no checksum is refused", () => {
  assertThrows(() => parseChecksums("<html>\n"), Error, 'not a line of checksums.txt: "<html>"');
});

import { assert, assertEquals, assertThrows } from "@std/assert";
import { notesOf } from "../../scripts/release/changelog.ts";
import { formula } from "../../scripts/release/homebrew.ts";
import { REPOSITORY } from "../../scripts/release/repository.ts";
import { scoopManifest } from "../../scripts/release/scoop.ts";
import { archiveEnding, releaseName, TARGETS } from "../../scripts/release/targets.ts";
import { wingetManifest } from "../../scripts/release/winget.ts";
import { isInstalled } from "../support/real_shells.ts";

const VERSION = "1.2.3";

/** A checksum for each archive that cannot be taken for another's. */
const CHECKSUMS = new Map(TARGETS.map((target, index) => [
  releaseName(VERSION, target) + archiveEnding(target),
  `${index}abcdef${index}`.repeat(8),
]));

/** Asserts that each archive of some systems is named with its own checksum, and nothing else. */
function assertNames(text: string, os: RegExp, between: RegExp): void {
  for (const [name, sum] of CHECKSUMS) {
    const url = `${REPOSITORY}/releases/download/v${VERSION}/${name}`;
    const [, behind = ""] = text.split(url);
    const [found = ""] = behind.match(between) ?? [];
    assertEquals(found.toLowerCase().includes(sum), os.test(name), name);
  }
}

Deno.test("the Homebrew formula names each archive of macOS and Linux with its checksum", () => {
  const text = formula(VERSION, CHECKSUMS);
  assertNames(text, /macos|linux/, /^"\n +sha256 "[0-9a-f]{64}"\n/);
  const order = [...text.matchAll(/on_(\w+) do|claude-key-1\.2\.3-(\w+-\w+)/g)]
    .map(([, block, label]) => block ?? label);
  assertEquals(order, [
    ...["macos", "arm", "macos-arm64", "intel", "macos-x64"],
    ...["linux", "arm", "linux-arm64", "intel", "linux-x64"],
  ]);
});

Deno.test({
  name: "Ruby parses the Homebrew formula",
  ignore: !isInstalled("ruby"),
  fn: async () => {
    const path = Deno.makeTempFileSync({ prefix: "claude-key-test-", suffix: ".rb" });
    try {
      Deno.writeTextFileSync(path, formula(VERSION, CHECKSUMS));
      const { success, stderr } = await new Deno.Command("ruby", { args: ["-c", path] }).output();
      assertEquals(new TextDecoder().decode(stderr), "");
      assert(success);
    } finally {
      Deno.removeSync(path);
    }
  },
});

Deno.test("the Scoop manifest names each archive of Windows with its checksum", () => {
  const manifest = JSON.parse(scoopManifest(VERSION, CHECKSUMS));
  const name = (arch: string) => `claude-key-${VERSION}-windows-${arch}`;
  const expected = (arch: string) => ({
    url: `${REPOSITORY}/releases/download/v${VERSION}/${name(arch)}.zip`,
    hash: CHECKSUMS.get(`${name(arch)}.zip`),
    extract_dir: name(arch),
  });
  assertEquals(manifest.architecture, { "64bit": expected("x64"), "arm64": expected("arm64") });
  assertEquals(manifest.bin, "claude-key.exe");
  assertEquals(manifest.autoupdate.architecture["arm64"], {
    url: `${REPOSITORY}/releases/download/v$version/claude-key-$version-windows-arm64.zip`,
    extract_dir: "claude-key-$version-windows-arm64",
  });
});

Deno.test("the winget manifest names each archive of Windows with its checksum", () => {
  const files = wingetManifest(VERSION, CHECKSUMS);
  for (const text of files.values()) {
    assert(
      text.startsWith(`PackageIdentifier: claude-key.claude-key\nPackageVersion: ${VERSION}\n`),
    );
  }
  const installers = files.get("claude-key.claude-key.installer.yaml") ?? "";
  assertNames(installers, /windows/, /^\n +InstallerSha256: [0-9A-F]{64}\n/);
});

Deno.test("no manifest is written for a release that lacks an archive", () => {
  for (const name of CHECKSUMS.keys()) {
    const fewer = new Map(CHECKSUMS);
    fewer.delete(name);
    const write = name.includes("windows") ? [scoopManifest, wingetManifest] : [formula];
    for (const each of write) assertThrows(() => each(VERSION, fewer), Error, name);
  }
});

Deno.test("the installers download from the same repository", () => {
  for (const name of ["install.sh", "install.ps1"]) {
    const text = Deno.readTextFileSync(new URL(`../../scripts/${name}`, import.meta.url));
    const urls = text.match(/https:\/\/github\.com[\w/-]+?\/releases/g) ?? [];
    assert(urls.length > 0);
    for (const url of urls) assertEquals(url, `${REPOSITORY}/releases`, name);
  }
});

Deno.test("the notes of a release are its part of the changelog", () => {
  const changelog =
    "# Changes\n\n## [2.0.0]\n\n- new\n\n### Fixed\n\n- old\n\n## 2.0.0-rc.1\n\n- rc\n";
  assertEquals(notesOf("2.0.0", changelog), "- new\n\n### Fixed\n\n- old\n");
  assertEquals(notesOf("2.0.0-rc.1", changelog), "- rc\n");
  for (const version of ["2.0", "1.0.0"]) {
    assertThrows(() => notesOf(version, changelog), Error, `nothing about version ${version}`);
  }
});

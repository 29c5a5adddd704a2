import { fileURLToPath } from "node:url";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { outputOf } from "../support/deadline.ts";
import { join } from "../support/join.ts";
import { notesOf } from "../../scripts/release/changelog.ts";
import { formula } from "../../scripts/release/homebrew.ts";
import { withRepository } from "../../scripts/release/installers.ts";
import { repositoryOf } from "../../scripts/release/repository.ts";
import { scoopManifest } from "../../scripts/release/scoop.ts";
import { archiveEnding, releaseName, TARGETS } from "../../scripts/release/targets.ts";
import { wingetManifest } from "../../scripts/release/winget.ts";
import { isInstalled } from "../support/real_shells.ts";

const ROOT = new URL("../../", import.meta.url);
const MANIFESTS = fileURLToPath(new URL("scripts/manifests.ts", ROOT));
const VERSION = "1.2.3";

const REPOSITORY = { url: "https://github.com/acme/keys", owner: "acme" };

/** A checksum for each archive that cannot be taken for another's. */
const CHECKSUMS = new Map(TARGETS.map((target, index) => [
  releaseName(VERSION, target) + archiveEnding(target),
  `${index}abcdef${index}`.repeat(8),
]));

const RELEASE = { repository: REPOSITORY, version: VERSION, checksums: CHECKSUMS };

/** Asserts that each archive of some systems is named with its own checksum, and nothing else. */
function assertNames(text: string, os: RegExp, between: RegExp): void {
  for (const [name, sum] of CHECKSUMS) {
    const url = `${REPOSITORY.url}/releases/download/v${VERSION}/${name}`;
    const [, behind = ""] = text.split(url);
    const [found = ""] = behind.match(between) ?? [];
    assertEquals(found.toLowerCase().includes(sum), os.test(name), name);
  }
}

Deno.test("the Homebrew formula names each archive of macOS and Linux with its checksum", () => {
  const text = formula(RELEASE);
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
      Deno.writeTextFileSync(path, formula(RELEASE));
      const { success, stderr } = await outputOf("ruby", { args: ["-c", path] });
      assertEquals(new TextDecoder().decode(stderr), "");
      assert(success);
    } finally {
      Deno.removeSync(path);
    }
  },
});

Deno.test("the Scoop manifest names each archive of Windows with its checksum", () => {
  const manifest = JSON.parse(scoopManifest(RELEASE));
  const name = (arch: string) => `claude-key-${VERSION}-windows-${arch}`;
  const expected = (arch: string) => ({
    url: `${REPOSITORY.url}/releases/download/v${VERSION}/${name(arch)}.zip`,
    hash: CHECKSUMS.get(`${name(arch)}.zip`),
    extract_dir: name(arch),
  });
  assertEquals(manifest.architecture, { "64bit": expected("x64"), "arm64": expected("arm64") });
  assertEquals(manifest.bin, "claude-key.exe");
  assertEquals(manifest.autoupdate.architecture["arm64"], {
    url: `${REPOSITORY.url}/releases/download/v$version/claude-key-$version-windows-arm64.zip`,
    extract_dir: "claude-key-$version-windows-arm64",
  });
});

Deno.test("the winget manifest names each archive of Windows with its checksum", () => {
  const files = wingetManifest(RELEASE);
  for (const text of files.values()) {
    assert(
      text.startsWith(`PackageIdentifier: acme.claude-key\nPackageVersion: ${VERSION}\n`),
    );
  }
  const installers = files.get("acme.claude-key.installer.yaml") ?? "";
  assertNames(installers, /windows/, /^\n +InstallerSha256: [0-9A-F]{64}\n/);
});

Deno.test("no manifest is written for a release that lacks an archive", () => {
  for (const name of CHECKSUMS.keys()) {
    const fewer = new Map(CHECKSUMS);
    fewer.delete(name);
    const write = name.includes("windows") ? [scoopManifest, wingetManifest] : [formula];
    for (const each of write) {
      assertThrows(() => each({ ...RELEASE, checksums: fewer }), Error, name);
    }
  }
});

Deno.test("the repository of a release is the one that its workflow runs in", () => {
  const of = (variables: Record<string, string>) => repositoryOf((name) => variables[name]);
  assertEquals(of({ GITHUB_REPOSITORY: "acme/keys" }), REPOSITORY);
  const GITHUB_SERVER_URL = "https://github.acme.example:8443";
  assertEquals(of({ GITHUB_SERVER_URL, GITHUB_REPOSITORY: "tools/keys" }), {
    url: `${GITHUB_SERVER_URL}/tools/keys`,
    owner: "tools",
  });
  for (const GITHUB_REPOSITORY of ["", "acme", "acme/keys/x", "acme/$(touch x)", "acme/'x"]) {
    assertThrows(() => of({ GITHUB_REPOSITORY }), Error, "GITHUB_REPOSITORY=OWNER/NAME");
  }
  for (const GITHUB_SERVER_URL of ["http://github.com", "https://a/'"]) {
    assertThrows(() => of({ GITHUB_SERVER_URL, GITHUB_REPOSITORY: "acme/keys" }), Error);
  }
});

Deno.test("the manifests of a release are not written where no repository is named", async () => {
  const { code, stdout, stderr } = await outputOf(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-all", MANIFESTS],
    env: { GITHUB_REPOSITORY: "", NO_COLOR: "1" },
  });
  const text = new TextDecoder();
  assertEquals({ code, stdout: text.decode(stdout) }, { code: 1, stdout: "" });
  assert(text.decode(stderr).includes('no repository: "" on '), text.decode(stderr));
});

for (const name of ["install.sh", "install.ps1"]) {
  const installer = Deno.readTextFileSync(new URL(`../../scripts/${name}`, import.meta.url));

  Deno.test(`${name} of a release names its repository wherever it names one`, () => {
    const released = withRepository(installer, REPOSITORY.url);
    const urls = released.match(/https:\/\/github\.com\/[\w-]+\/[\w-]+/g) ?? [];
    assertEquals(new Set(urls), new Set([REPOSITORY.url]));
    const assigned = released.split("\n").filter((line) => /^ *\$?repository ?=/.test(line));
    assertEquals(assigned.map((line) => line.replace(/^[^']+/, "")), [`'${REPOSITORY.url}'`]);
    assertThrows(() => withRepository(released, REPOSITORY.url), Error, "not one place");
  });
}

Deno.test("no file of the project names a place to download from that is nobody's", () => {
  // In parts: this file is one of them. A path to a program may end in the same words.
  const nobodys = new RegExp(
    `(\\.com/|repos/|[\\s"'\`@]|^)${["claude-key", "claude-key"].join("/")}`,
    "im",
  );
  const places = Array.from(filesOfTheProject()).filter((path) =>
    nobodys.test(Deno.readTextFileSync(path))
  );
  assertEquals(places, []);
});

/** The files of the checkout, without what is made in it. */
function* filesOfTheProject(folder = fileURLToPath(ROOT)): Generator<string> {
  for (const { name, isDirectory, isFile } of Deno.readDirSync(folder)) {
    const path = join(folder, name);
    if (isFile && name !== ".git") yield path;
    if (isDirectory && ![".git", "dist", "node_modules"].includes(name)) {
      yield* filesOfTheProject(path);
    }
  }
}

Deno.test("the notes of a release are its part of the changelog", () => {
  const changelog =
    "# Changes\n\n## [2.0.0]\n\n- new\n\n### Fixed\n\n- old\n\n## 2.0.0-rc.1\n\n- rc\n";
  assertEquals(notesOf("2.0.0", changelog), "- new\n\n### Fixed\n\n- old\n");
  assertEquals(notesOf("2.0.0-rc.1", changelog), "- rc\n");
  for (const version of ["2.0", "1.0.0"]) {
    assertThrows(() => notesOf(version, changelog), Error, `nothing about version ${version}`);
  }
});

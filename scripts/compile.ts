/**
 * `deno task compile [--target TRIPLE | --all]`: compiles claude-key for this machine, for another
 * one or for all, into `dist/`. Prints the path of each file that it makes, programs first.
 *
 * A release needs the real standard library. `--import-map=FILE` and `--allow-stand-ins` make do
 * without; what they give is called `unreleased`, and there is no archive of it and no checksum.
 *
 * @module
 */

import { parseArgs } from "node:util";
import project from "../deno.json" with { type: "json" };
import type { ArchiveEntry } from "./release/archive_entry.ts";
import { deviations, readMetadata } from "./release/baked_metadata.ts";
import { CHECKSUMS, formatChecksums, sha256 } from "./release/checksums.ts";
import { bundle, compileBinary, missingFrom } from "./release/compile_binary.ts";
import { tarGz } from "./release/tar_archive.ts";
import {
  archiveEnding,
  findTarget,
  programEnding,
  releaseName,
  type Target,
  TARGETS,
} from "./release/targets.ts";
import { zip } from "./release/zip_archive.ts";
import { standardLibrary } from "./standard_library.ts";

const ROOT = new URL("../", import.meta.url);
const DIST = new URL("dist/", ROOT);

/** What a run works with. */
interface Job {
  /** What to compile for. */
  readonly targets: readonly Target[];
  /** What the files are called by; no released version if the standard library is another one. */
  readonly version: string;
  /** The flags that choose the standard library. */
  readonly flags: readonly string[];
  /** Whether this is to be a release. */
  readonly released: boolean;
}

try {
  const job = await understand();
  await Deno.mkdir(DIST, { recursive: true });
  await compileAll(job);
  if (job.released) await archiveAll(job);
} catch (error) {
  await say(`error: ${(error as Error).message}`);
  Deno.exit(1);
}

async function understand(): Promise<Job> {
  const { values } = parseArgs({
    args: Deno.args,
    options: {
      target: { type: "string", default: Deno.build.target },
      all: { type: "boolean", default: false },
      "import-map": { type: "string" },
      "allow-stand-ins": { type: "boolean", default: false },
    },
  });
  const targets = values.all ? TARGETS : [findTarget(values.target)];
  const { flags, standIns } = await standardLibrary(values["import-map"]);
  if (standIns && !values["allow-stand-ins"]) {
    throw new Error(
      "a release is not made from the stand-ins for the standard library; " +
        "to compile with them all the same, add --allow-stand-ins",
    );
  }
  const released = !standIns && values["import-map"] === undefined;
  const version = released ? project.version : `${project.version}-unreleased`;
  return { targets, version, flags, released };
}

async function compileAll({ targets, version, flags }: Job): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "claude-key-compile-" });
  try {
    await bundle(folder, flags);
    for (const target of targets) await compileOne(folder, version, target);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function compileOne(folder: string, version: string, target: Target): Promise<void> {
  const name = releaseName(version, target) + programEnding(target);
  await removeIfPresent(name);
  await compileBinary(folder, target, `dist/${name}`);
  const binary = await Deno.readFile(new URL(name, DIST));
  const wrong = [
    ...deviations(readMetadata(binary), target),
    ...missingFrom(binary, folder).map((file) => `${file} is missing`),
  ];
  if (wrong.length > 0) {
    await removeIfPresent(name);
    throw new Error(`${name} is not what it must be: ${wrong.join("; ")}`);
  }
  await made(name);
}

async function archiveAll({ targets, version }: Job): Promise<void> {
  const sums = new Map<string, string>();
  const texts = await Promise.all(["LICENSE", "README.md"].map(async (name) => ({
    name,
    content: await Deno.readFile(new URL(name, ROOT)),
  })));
  for (const target of targets) {
    const name = releaseName(version, target);
    const program = await Deno.readFile(new URL(name + programEnding(target), DIST));
    sums.set(name + programEnding(target), await sha256(program));
    const entries: ArchiveEntry[] = [
      {
        path: `${name}/claude-key${programEnding(target)}`,
        executable: true,
        content: program,
      },
      ...texts.map((text) => ({
        path: `${name}/${text.name}`,
        executable: false,
        content: text.content,
      })),
    ];
    const archive = await (target.os === "windows" ? zip : tarGz)(entries);
    sums.set(name + archiveEnding(target), await sha256(archive));
    await Deno.writeFile(new URL(name + archiveEnding(target), DIST), archive);
    await made(name + archiveEnding(target));
  }
  await Deno.writeTextFile(new URL(CHECKSUMS, DIST), formatChecksums(sums));
  await made(CHECKSUMS);
}

async function removeIfPresent(name: string): Promise<void> {
  try {
    await Deno.remove(new URL(name, DIST));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

async function made(name: string): Promise<void> {
  await Deno.stdout.write(new TextEncoder().encode(`dist/${name}\n`));
}

async function say(text: string): Promise<void> {
  await Deno.stderr.write(new TextEncoder().encode(`compile: ${text}\n`));
}

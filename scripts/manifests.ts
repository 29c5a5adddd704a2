/**
 * `deno task manifests`: writes into `dist/` what a release has beside its archives: the installers,
 * and what package managers want, from `dist/checksums.txt`. All name the repository that
 * `GITHUB_REPOSITORY` names, as it does in a workflow. Prints the path of each file that it makes.
 *
 * @module
 */

import project from "../deno.json" with { type: "json" };
import { CHECKSUMS, parseChecksums } from "./release/checksums.ts";
import { formula } from "./release/homebrew.ts";
import { withRepository } from "./release/installers.ts";
import { repositoryOf } from "./release/repository.ts";
import { scoopManifest } from "./release/scoop.ts";
import { wingetManifest } from "./release/winget.ts";

const DIST = new URL("../dist/", import.meta.url);

const repository = repositoryOf((name) => Deno.env.get(name));
const checksums = parseChecksums(await Deno.readTextFile(new URL(CHECKSUMS, DIST)));
const release = { repository, version: project.version, checksums };
const files = new Map([
  ["claude-key.rb", formula(release)],
  ["claude-key.json", scoopManifest(release)],
  ...wingetManifest(release),
]);
for (const name of ["install.sh", "install.ps1"]) {
  const installer = await Deno.readTextFile(new URL(name, import.meta.url));
  files.set(name, withRepository(installer, repository.url));
}
for (const [name, text] of files) {
  await Deno.writeTextFile(new URL(name, DIST), text);
  await Deno.stdout.write(new TextEncoder().encode(`dist/${name}\n`));
}

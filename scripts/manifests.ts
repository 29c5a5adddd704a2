/**
 * `deno task manifests`: writes what package managers want, from `dist/checksums.txt` into `dist/`.
 * Prints the path of each file that it makes.
 *
 * @module
 */

import project from "../deno.json" with { type: "json" };
import { CHECKSUMS, parseChecksums } from "./release/checksums.ts";
import { formula } from "./release/homebrew.ts";
import { scoopManifest } from "./release/scoop.ts";
import { wingetManifest } from "./release/winget.ts";

const DIST = new URL("../dist/", import.meta.url);

const { version } = project;
const checksums = parseChecksums(await Deno.readTextFile(new URL(CHECKSUMS, DIST)));
const files = new Map([
  ["claude-key.rb", formula(version, checksums)],
  ["claude-key.json", scoopManifest(version, checksums)],
  ...wingetManifest(version, checksums),
]);
for (const [name, text] of files) {
  await Deno.writeTextFile(new URL(name, DIST), text);
  await Deno.stdout.write(new TextEncoder().encode(`dist/${name}\n`));
}

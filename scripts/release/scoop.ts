/**
 * The manifest for Scoop, for a bucket.
 *
 * @module
 */

import { REPOSITORY } from "./repository.ts";
import { type Archive, archiveOf, DESCRIPTION } from "./release.ts";

/**
 * Writes the manifest.
 *
 * @param version The version of the release.
 * @param checksums Its checksums, by file name.
 * @returns The content of `claude-key.json`.
 * @throws {Error} If an archive is missing.
 */
export function scoopManifest(version: string, checksums: ReadonlyMap<string, string>): string {
  const x64 = archiveOf(version, "x86_64-pc-windows-msvc", checksums);
  const arm64 = archiveOf(version, "aarch64-pc-windows-msvc", checksums);
  const source = ({ url, sha256, folder }: Archive) => ({ url, hash: sha256, extract_dir: folder });
  const update = ({ url, folder }: Archive) => ({
    url: url.replaceAll(version, "$version"),
    extract_dir: folder.replaceAll(version, "$version"),
  });
  const manifest = {
    version,
    description: DESCRIPTION,
    homepage: REPOSITORY,
    license: "MIT",
    suggest: { "1Password CLI": "1password-cli" },
    architecture: { "64bit": source(x64), "arm64": source(arm64) },
    bin: "claude-key.exe",
    checkver: { github: REPOSITORY },
    autoupdate: {
      architecture: { "64bit": update(x64), "arm64": update(arm64) },
      hash: { url: "$baseurl/checksums.txt" },
    },
  };
  return `${JSON.stringify(manifest, null, 4)}\n`;
}

/**
 * The manifest for Scoop, for a bucket.
 *
 * @module
 */

import { type Archive, archiveOf, DESCRIPTION, type Release } from "./release.ts";

/**
 * Writes the manifest.
 *
 * @param release The release.
 * @returns The content of `claude-key.json`.
 * @throws {Error} If an archive is missing.
 */
export function scoopManifest(release: Release): string {
  const { repository, version } = release;
  const x64 = archiveOf(release, "x86_64-pc-windows-msvc");
  const arm64 = archiveOf(release, "aarch64-pc-windows-msvc");
  const source = ({ url, sha256, folder }: Archive) => ({ url, hash: sha256, extract_dir: folder });
  const update = ({ url, folder }: Archive) => ({
    url: url.replaceAll(version, "$version"),
    extract_dir: folder.replaceAll(version, "$version"),
  });
  const manifest = {
    version,
    description: DESCRIPTION,
    homepage: repository.url,
    license: "MIT",
    suggest: { "1Password CLI": "1password-cli" },
    architecture: { "64bit": source(x64), "arm64": source(arm64) },
    bin: "claude-key.exe",
    checkver: { github: repository.url },
    autoupdate: {
      architecture: { "64bit": update(x64), "arm64": update(arm64) },
      hash: { url: "$baseurl/checksums.txt" },
    },
  };
  return `${JSON.stringify(manifest, null, 4)}\n`;
}

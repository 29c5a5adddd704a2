/**
 * The manifest for winget. Its community repository wants three files, of one version, with the
 * same three lines in each.
 *
 * @module
 */

import { archiveOf, DESCRIPTION, type Release } from "./release.ts";

const SCHEMA = "1.9.0";

/**
 * Writes the manifest.
 *
 * @param release The release.
 * @returns The content of each file by its name.
 * @throws {Error} If an archive is missing.
 */
export function wingetManifest(release: Release): Map<string, string> {
  const { repository, version } = release;
  const identifier = `${repository.owner}.claude-key`;
  const file = (type: string, lines: readonly string[]) =>
    [
      `PackageIdentifier: ${identifier}`,
      `PackageVersion: ${version}`,
      ...lines,
      `ManifestType: ${type}`,
      `ManifestVersion: ${SCHEMA}`,
      "",
    ].join("\n");
  const installer = (architecture: string, triple: string) => {
    const { url, sha256, folder } = archiveOf(release, triple);
    return [
      `- Architecture: ${architecture}`,
      `  InstallerUrl: ${url}`,
      `  InstallerSha256: ${sha256.toUpperCase()}`,
      "  NestedInstallerFiles:",
      `  - RelativeFilePath: ${folder}\\claude-key.exe`,
      "    PortableCommandAlias: claude-key",
    ];
  };
  return new Map([
    [
      `${identifier}.yaml`,
      file("version", ["DefaultLocale: en-US"]),
    ],
    [
      `${identifier}.installer.yaml`,
      file("installer", [
        "InstallerType: zip",
        "NestedInstallerType: portable",
        "Installers:",
        ...installer("x64", "x86_64-pc-windows-msvc"),
        ...installer("arm64", "aarch64-pc-windows-msvc"),
      ]),
    ],
    [
      `${identifier}.locale.en-US.yaml`,
      file("defaultLocale", [
        "PackageLocale: en-US",
        `Publisher: ${repository.owner}`,
        "PackageName: claude-key",
        `PackageUrl: ${repository.url}`,
        "License: MIT",
        `ShortDescription: ${DESCRIPTION}`,
      ]),
    ],
  ]);
}

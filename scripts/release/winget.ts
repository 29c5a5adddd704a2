/**
 * The manifest for winget. Its community repository wants three files, of one version, with the
 * same three lines in each.
 *
 * @module
 */

import { REPOSITORY } from "./repository.ts";
import { archiveOf, DESCRIPTION } from "./release.ts";

const IDENTIFIER = "claude-key.claude-key";
const SCHEMA = "1.9.0";

/**
 * Writes the manifest.
 *
 * @param version The version of the release.
 * @param checksums Its checksums, by file name.
 * @returns The content of each file by its name.
 * @throws {Error} If an archive is missing.
 */
export function wingetManifest(
  version: string,
  checksums: ReadonlyMap<string, string>,
): Map<string, string> {
  const file = (type: string, lines: readonly string[]) =>
    [
      `PackageIdentifier: ${IDENTIFIER}`,
      `PackageVersion: ${version}`,
      ...lines,
      `ManifestType: ${type}`,
      `ManifestVersion: ${SCHEMA}`,
      "",
    ].join("\n");
  const installer = (architecture: string, triple: string) => {
    const { url, sha256, folder } = archiveOf(version, triple, checksums);
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
      `${IDENTIFIER}.yaml`,
      file("version", ["DefaultLocale: en-US"]),
    ],
    [
      `${IDENTIFIER}.installer.yaml`,
      file("installer", [
        "InstallerType: zip",
        "NestedInstallerType: portable",
        "Installers:",
        ...installer("x64", "x86_64-pc-windows-msvc"),
        ...installer("arm64", "aarch64-pc-windows-msvc"),
      ]),
    ],
    [
      `${IDENTIFIER}.locale.en-US.yaml`,
      file("defaultLocale", [
        "PackageLocale: en-US",
        "Publisher: claude-key",
        "PackageName: claude-key",
        `PackageUrl: ${REPOSITORY}`,
        "License: MIT",
        `ShortDescription: ${DESCRIPTION}`,
      ]),
    ],
  ]);
}

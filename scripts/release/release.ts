/**
 * A release, as far as package managers want to know it.
 *
 * @module
 */

import { REPOSITORY } from "./repository.ts";
import { archiveEnding, findTarget, releaseName } from "./targets.ts";

/** What every package manager shows. */
export const DESCRIPTION = "API key of a LiteLLM gateway, from 1Password, with one approval";

/** An archive of a release. */
export interface Archive {
  /** Where it is downloaded. */
  readonly url: string;
  /** The folder in it that holds everything. */
  readonly folder: string;
  /** Its checksum. */
  readonly sha256: string;
}

/**
 * Finds an archive of a release.
 *
 * @param version The version of the release.
 * @param triple The target that the archive is for.
 * @param checksums The checksums of the release, by file name.
 * @returns What a package manager needs to install it.
 * @throws {Error} If the release has no such archive.
 */
export function archiveOf(
  version: string,
  triple: string,
  checksums: ReadonlyMap<string, string>,
): Archive {
  const target = findTarget(triple);
  const folder = releaseName(version, target);
  const name = folder + archiveEnding(target);
  const sha256 = checksums.get(name);
  if (sha256 === undefined) throw new Error(`no checksum of ${name}`);
  return { url: `${REPOSITORY}/releases/download/v${version}/${name}`, folder, sha256 };
}

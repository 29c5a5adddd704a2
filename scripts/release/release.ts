/**
 * A release, as far as package managers want to know it.
 *
 * @module
 */

import type { Repository } from "./repository.ts";
import { archiveEnding, findTarget, releaseName } from "./targets.ts";

/** What every package manager shows. */
export const DESCRIPTION = "API key of a LiteLLM gateway, from 1Password, with one approval";

/** A release. */
export interface Release {
  /** Where it is published. */
  readonly repository: Repository;
  /** Its version. */
  readonly version: string;
  /** The checksums of its files, by their names. */
  readonly checksums: ReadonlyMap<string, string>;
}

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
 * @param release The release.
 * @param triple The target that the archive is for.
 * @returns What a package manager needs to install it.
 * @throws {Error} If the release has no such archive.
 */
export function archiveOf({ repository, version, checksums }: Release, triple: string): Archive {
  const target = findTarget(triple);
  const folder = releaseName(version, target);
  const name = folder + archiveEnding(target);
  const sha256 = checksums.get(name);
  if (sha256 === undefined) throw new Error(`no checksum of ${name}`);
  return { url: `${repository.url}/releases/download/v${version}/${name}`, folder, sha256 };
}

/**
 * Where the cache really is.
 *
 * @module
 */

import { Failure } from "../failure/failure.ts";
import { ON_SERVER } from "../failure/refusal_words.ts";
import { isOnServer } from "../files/paths.ts";
import { type ResolvedFolder, resolveFolder } from "../files/resolve_folder.ts";
import { quoted } from "../text/quoted.ts";

/**
 * Resolves the cache folder.
 *
 * @param path Its absolute path, as configured.
 * @returns The same without symbolic links.
 * @throws {Failure} Of kind `configuration` if it is on a server, as the drive of a path may be:
 * every key would be asked for anew, as none could be kept.
 */
export function resolveCacheFolder(path: string): ResolvedFolder {
  const folder = resolveFolder(path);
  if (!isOnServer(folder)) return folder;
  throw new Failure("configuration", `the cache folder ${quoted(path)} ${ON_SERVER}`, [
    "set CLAUDE_KEY_CACHE_DIR to a folder on a local disk",
  ]);
}

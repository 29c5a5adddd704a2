/**
 * `claude-key clear`.
 *
 * @module
 */

import { below } from "../files/paths.ts";
import type { Invocation } from "../command_line/arguments.ts";
import { resolveCacheFolder } from "../cache/resolve_cache_folder.ts";
import { type ListedFile, listFolder } from "../cache/list_folder.ts";
import { removeFile } from "../cache/remove_file.ts";
import { cacheFolderOf } from "../configuration/configuration.ts";
import { confineTo, giveUp } from "../confinement/confinement.ts";
import { Failure } from "../failure/failure.ts";
import { entriesOf } from "../key/entries.ts";
import { shownPath } from "../configuration/locations.ts";
import { printLine } from "../terminal/output.ts";
import { oldKeys } from "../cache/old_keys.ts";
import { listFolderCommand, removeCommand } from "../text/typed_commands.ts";
import { quoted } from "../text/quoted.ts";
import { openSettings, resolveSession } from "../key/session.ts";
import type { Settings } from "../configuration/settings.ts";

/**
 * Removes what is cached for the current configuration, or everything that claude-key has cached,
 * and says what it removed. Files of other programs stay; keys that the scripts before claude-key left
 * in plain text are named, with the command that removes them.
 *
 * A lock that another process holds stays too: without it, a third one would prompt while the
 * approval is still open. What that process fetches is newer than the wish to forget, so that it
 * may cache it.
 *
 * @param invocation The command line.
 * @throws {Failure} If the configuration does not tell what to remove, or something is left that
 * should have gone.
 */
export async function run(invocation: Invocation): Promise<void> {
  const settings = openSettings(invocation);
  const all = invocation.switches.has("all");
  const isMeant = all ? (): boolean => true : await currentOnly(settings);
  const cacheFolder = cacheFolderOf(settings);
  const shown = shownPath(cacheFolder, settings.variable);
  const folder = resolveCacheFolder(cacheFolder);
  confineTo(folder);
  giveUp("run");

  const files = listFolder(folder).filter(isMeant);
  const problems: string[] = [];
  for (const { name, kind } of files) {
    const path = below(shown, name);
    const removal = await removeFile(below(folder, name), kind === "lock");
    if (removal === "removed") printLine(`removed ${path}`);
    if (removal === "in use") printLine(`left ${path}, as 1Password is being asked`);
    if (typeof removal === "object") problems.push(`${quoted(path)} ${removal.problem}`);
  }
  if (all) {
    for (const name of oldKeys(folder)) {
      const path = below(shown, name);
      printLine(`left ${path}, a key in plain text of the scripts before claude-key`);
      printLine(`    to remove it, type: ${removeCommand(path)}`);
    }
  }
  if (files.length === 0) printLine(`nothing to remove in ${shown}`);
  if (problems.length > 0) {
    throw new Failure("other", problems.join("; "), [
      `see what is in the way: ${listFolderCommand(shown)}`,
    ]);
  }
}

async function currentOnly(settings: Settings): Promise<(file: ListedFile) => boolean> {
  const { configuration } = await resolveSession(settings);
  const { project, common } = await entriesOf(configuration);
  return ({ entry }) => entry === common.name || entry === project?.name;
}

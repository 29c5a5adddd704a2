/**
 * The files that the set-up writes.
 *
 * @module
 */

import { writeAtomically } from "../files/atomic_write.ts";
import { type ResolvedFolder, resolveFolder } from "../files/resolve_folder.ts";
import { Failure } from "../failure/failure.ts";
import { ON_SERVER, refusalWords } from "../failure/refusal_words.ts";
import { pathWord } from "../text/shell_word.ts";
import { removeCommand, showRightsCommand } from "../text/typed_commands.ts";
import { below, isOnServer, lastPart, parentOf, WINDOWS } from "../files/paths.ts";
import { quoted } from "../text/quoted.ts";
import { readText } from "../configuration/user_settings.ts";

/** A file to be read and replaced. */
export class TargetFile {
  /** Where it is, for people. */
  readonly shown: string;
  /** The folder that it really lies in: what confinement must leave open. */
  readonly folder: ResolvedFolder;
  readonly #name: string;

  /**
   * Finds out where the file really is. Dotfile managers put a link in its place, which is to stay:
   * what is replaced is the file that the link leads to.
   *
   * @param path Its absolute path.
   * @param shown The same for people.
   * @throws {Failure} Of kind `configuration` if it is a link that leads nowhere, or on a server.
   */
  constructor(path: string, shown: string) {
    const real = resolveFolder(path);
    if (isLink(real)) {
      throw new Failure("configuration", `${quoted(shown)} is a link that leads nowhere`, [
        `remove it: ${removeCommand(shown)}`,
      ]);
    }
    if (isOnServer(real)) {
      throw new Failure("configuration", `${quoted(shown)} ${ON_SERVER}`, [
        `write it by hand: notepad ${pathWord(shown)}`,
      ]);
    }
    this.shown = shown;
    this.folder = resolveFolder(parentOf(real));
    this.#name = lastPart(real);
  }

  /**
   * Reads the file.
   *
   * @returns Its text; empty if there is no such file.
   * @throws {Failure} Of kind `configuration` if it is there and cannot be read.
   */
  read(): string {
    return readText(this.#path, this.shown);
  }

  /**
   * Replaces the file.
   *
   * @param text Its new text.
   * @param mode Who may read it: the owner alone, or whoever may now.
   * @throws {Failure} Of kind `other` if it cannot be written; it is then as it was.
   */
  async write(text: string, mode: "private" | "as it is"): Promise<void> {
    const bits = mode === "private" ? undefined : this.#mode();
    try {
      await writeAtomically(this.folder, this.#name, text, { mode: bits });
    } catch (error) {
      throw new Failure(
        "other",
        `${quoted(this.shown)} cannot be written: ${refusalWords(error)}`,
        [
          `see who may write there: ${showRightsCommand(this.folder)}`,
        ],
      );
    }
  }

  get #path(): string {
    return below(this.folder, this.#name);
  }

  #mode(): number | undefined {
    // Windows has no such bits, and nothing to set them with.
    if (WINDOWS) return undefined;
    try {
      const { mode } = Deno.statSync(this.#path);
      return mode === null ? undefined : mode & 0o777;
    } catch {
      return undefined;
    }
  }
}

function isLink(path: string): boolean {
  try {
    return Deno.lstatSync(path).isSymlink;
  } catch {
    return false;
  }
}

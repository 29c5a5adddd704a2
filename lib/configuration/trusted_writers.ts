/**
 * Who may write the files that say where the key is sent: this user and root, as ssh wants it of its
 * own configuration [ssh_config(5): FILES].
 *
 * What is judged is the file that is read, so that a link may lead to it from anywhere: dotfile
 * managers make such links, and stores of the Nix kind, which root owns. The folder in which the
 * file has its name is judged too, as whoever may write there can put another file, or a link to
 * another file of the user's, in its place; a sticky folder lets nobody do that. Folders above are
 * not looked at, as ssh does not look at those of its configuration either.
 *
 * @module
 */

import { Failure } from "../failure/failure.ts";
import { pathWord } from "../text/shell_word.ts";
import { quoted } from "../text/quoted.ts";

const STICKY = 0o1000;
const OTHERS_WRITE = 0o002;
const GROUP_WRITES = 0o020;

/** What the system says of a file or a folder; a part of `Deno.FileInfo`. */
type OwnershipFacts = Pick<Deno.FileInfo, "uid" | "mode" | "isDirectory">;

/**
 * Judges who may write a file, or a folder.
 *
 * @param facts What the system says of it.
 * @param shown Its path for people.
 * @param uid The user that runs this, or `null` where the system has no such numbers.
 * @returns The failure that names the cure; nothing if only this user, root and a group may.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const facts = { uid: 1000, mode: 0o100664, isDirectory: false };
 * assertEquals(writerFailure(facts, "~/local.env", 1000), undefined);
 * assertEquals(
 *   writerFailure({ ...facts, mode: 0o100666 }, "~/local.env", 1000)?.hints.at(-1),
 *   "read it, then close it: chmod o-w ~/local.env",
 * );
 * ```
 */
export function writerFailure(
  { uid: owner, mode, isDirectory }: OwnershipFacts,
  shown: string,
  uid: number | null,
): Failure | undefined {
  if (uid === null || owner === null || mode === null) return undefined;
  const matter = isDirectory ? "what lies in it says" : "it says";
  if (owner !== uid && owner !== 0) {
    const chown = `${uid === 0 ? "" : "sudo "}chown ${uid} ${pathWord(shown)}`;
    return new Failure(
      "configuration",
      `${quoted(shown)} belongs to another user, and ${matter} where your key is sent`,
      [`read ${isDirectory ? "what lies there" : "it"}, then make it yours: ${chown}`],
    );
  }
  if ((mode & OTHERS_WRITE) === 0 || (isDirectory && (mode & STICKY) !== 0)) return undefined;
  return new Failure(
    "configuration",
    `${quoted(shown)} can be written by every user, and ${matter} where your key is sent`,
    [`read ${isDirectory ? "what lies there" : "it"}, then close it: chmod o-w ${pathWord(shown)}`],
  );
}

/**
 * Whether the group of a file may write it. Many systems make files so, and give each user a group
 * of their own, so that it is accepted; `doctor` says it.
 *
 * @param facts What the system says of the file.
 * @param uid The user that runs this, or `null` where the system has no such numbers.
 * @returns Whether it may.
 */
export function groupCanWrite({ mode }: OwnershipFacts, uid: number | null): boolean {
  return uid !== null && ((mode ?? 0) & GROUP_WRITES) !== 0;
}

/** A file that more people can write than have to. */
interface GroupWritable {
  /** What is so, in a line. */
  readonly message: string;
  /** What to type against it. */
  readonly fix: string;
}

/**
 * Lists the files that their group can write, for `doctor` to warn of.
 *
 * @param files What was read.
 * @returns A message and a cure for each.
 */
export function groupWritable(
  files: readonly { readonly shownPath: string; readonly groupCanWrite?: boolean }[],
): GroupWritable[] {
  return files.filter((file) => file.groupCanWrite).map(({ shownPath }) => ({
    message: `${shownPath} can be written by its group, and it says where your key is sent`,
    fix: `chmod g-w ${pathWord(shownPath)}`,
  }));
}

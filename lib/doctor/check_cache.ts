/**
 * Can the cache folder keep a secret, and keep it long enough?
 *
 * @module
 */

import { FOLDER_WORDS } from "../cache/folder_words.ts";
import { type FileFacts, type GuardRules, judgeFile, judgeFolder } from "../cache/guard.ts";
import { formatDuration } from "../text/duration.ts";
import { pathWord } from "../text/shell_word.ts";
import {
  letMeCommand,
  listFolderCommand,
  moveCommand,
  removeCommand,
  showRoomCommand,
} from "../text/typed_commands.ts";
import type { Standing } from "./cache_place.ts";
import { byHand, type Cure, type Finding, ok, problem, typed, warning } from "./finding.ts";
import type { Refusal } from "./refusal.ts";

const OPEN_TO_READERS = 0o055;
const OWNERS_OWN = 0o700;
const STICKY = 0o1000;

/** How far a new file's time may be off the clock, in milliseconds, before it matters. */
const CLOCK_TOLERANCE = 60_000;

/** What is known of the cache folder. */
export interface FolderFacts {
  /** Whether it is a folder. */
  readonly isDirectory: boolean;
  /** Its permission bits, where the system has such. */
  readonly mode: number | null;
  /** Its owner, where the system has such numbers. */
  readonly uid: number | null;
  /** Whether there is something in it that is not claude-key's. */
  readonly isShared: boolean;
}

/** What decides how a folder is mended. */
export interface CacheTerms {
  /** Where it is, for people. */
  readonly shown: string;
  /** Whether nobody has named it, so that it is made for keys alone. */
  readonly isDefault: boolean;
  /** What stands there, or nearest above it; nothing where that cannot be told. */
  readonly standing: Standing | undefined;
  /** Whether it lies in the user's profile, which on Windows is what keeps others out. */
  readonly isInProfile: boolean;
  /** How another folder is chosen. */
  readonly elsewhere: Cure;
  /** The user that runs this, or `null` where the system has no such numbers. */
  readonly uid: number | null;
}

/** A file that was just written into the folder. */
export interface ProbeFacts {
  /** What the system says of it. */
  readonly file: FileFacts;
  /** The clock just before, in milliseconds since 1970. */
  readonly before: number;
  /** The clock just after. */
  readonly after: number;
}

/**
 * Checks whether others can get at what is in the folder.
 *
 * @param folder What is known of it.
 * @param terms What decides how it is mended.
 * @returns The finding.
 */
export function checkFolder(folder: FolderFacts, terms: CacheTerms): Finding {
  const check = "cache folder";
  const { shown, uid } = terms;
  if (!folder.isDirectory) return problem(check, `${shown} is not a folder`, moveAside(terms));
  if (uid === null) return checkPlace(terms);
  const close = (more: string): Cure =>
    mayBeClosed(folder, terms) ? typed(`chmod 700 ${pathWord(shown)}${more}`) : terms.elsewhere;
  const fault = judgeFolder(folder, uid);
  if (fault !== undefined) {
    // Anybody may have given one key the name of another meanwhile.
    const cure = folder.uid === uid ? close(" && claude-key clear --all") : takeOver(terms);
    return problem(check, `${shown} ${FOLDER_WORDS[fault]}`, cure);
  }
  if (((folder.mode ?? 0) & OPEN_TO_READERS) !== 0) {
    return warning(check, `others can look into ${shown}`, close(""));
  }
  return ok(check, `${shown} is closed to others`);
}

/**
 * Says that Deno keeps claude-key out of the folder.
 *
 * @param terms What decides how it is mended.
 * @returns The finding.
 */
export function outOfReach({ shown, elsewhere }: CacheTerms): Finding {
  return problem(
    "cache folder",
    `${shown} ${FOLDER_WORDS["cache folder out of reach"]}`,
    elsewhere,
  );
}

/** Who may read there cannot be asked; what Windows makes in a profile is for its user. */
function checkPlace({ shown, isDefault, isInProfile, elsewhere }: CacheTerms): Finding {
  const check = "cache folder";
  if (isDefault || isInProfile) return ok(check, `${shown} is in your profile`);
  const message = `${shown} is not in your profile, so that others may be able to read there`;
  return warning(check, message, elsewhere);
}

/** A folder that others work in, or the home folder, is not closed for the sake of some keys. */
function mayBeClosed(
  { mode, isShared }: FolderFacts,
  { isDefault, standing }: CacheTerms,
): boolean {
  if (standing?.hasHome) return false;
  return isDefault || (!isShared && ((mode ?? 0) & STICKY) === 0);
}

/**
 * Checks whether a file that is written now would serve as a cached key.
 *
 * @param probe The file, or why it could not be written.
 * @param terms What decides how the folder is mended.
 * @returns The finding.
 */
export function checkWriting(probe: ProbeFacts | Refusal, terms: CacheTerms): Finding {
  const check = "cache writing";
  const { shown, uid, elsewhere } = terms;
  if ("words" in probe) {
    const message = `nothing can be written in ${shown}: ${probe.words}`;
    return problem(check, message, cureOfRefusal(probe, terms));
  }
  // Its age is for the check of the clock.
  const rules: GuardRules = { ttl: Infinity, now: probe.file.mtime?.getTime() ?? NaN, uid };
  const reason = judgeFile(probe.file, rules);
  if (reason === undefined) return ok(check, "a file was written whole");
  return problem(check, `a new file in ${shown} does not serve: ${reason}`, elsewhere);
}

function cureOfRefusal({ reason }: Refusal, terms: CacheTerms): Cure {
  const { shown, standing, elsewhere, uid } = terms;
  if (reason === "room") return byHand(`make room: ${showRoomCommand(shown)}`);
  if (reason === "not a folder") return moveAside(terms);
  if (reason !== "permission" || standing === undefined || uid === null) return elsewhere;
  if (standing.uid !== uid) return takeOver(terms);
  const isClosed = ((standing.mode ?? OWNERS_OWN) & OWNERS_OWN) !== OWNERS_OWN;
  return isClosed && standing.isDirectory
    ? typed(letMeCommand(standing.shown, "folder"))
    : elsewhere;
}

/** What is in the way is the user's to move only where everything is the user's. */
function moveAside({ standing, elsewhere }: CacheTerms): Cure {
  if (standing === undefined || !standing.isBelowHome || standing.isDirectory) return elsewhere;
  return typed(moveCommand(standing.shown, standing.aside));
}

/** Only root can give back what root has made, when claude-key was run by `sudo` once. */
function takeOver({ standing, elsewhere, uid }: CacheTerms): Cure {
  if (uid === 0) return byHand("run claude-key as the user whose folder it is, without sudo");
  if (standing === undefined || !standing.isBelowHome || standing.uid !== 0) return elsewhere;
  const deep = standing.isCache ? "-R " : "";
  return typed(`sudo chown ${deep}${uid} ${pathWord(standing.shown)}`);
}

/**
 * Names the keys that the scripts before claude-key have left.
 *
 * @param names The files.
 * @param show Writes a file's path for people.
 * @returns A finding for each.
 */
export function checkOldKeys(
  names: readonly string[],
  show: (name: string) => string,
): Finding[] {
  return names.map((name) =>
    warning(
      "cache folder",
      `${show(name)} is a key in plain text, of the scripts before claude-key`,
      typed(removeCommand(show(name))),
    )
  );
}

/**
 * Names the folders that lie where keys belong, so that none is kept.
 *
 * @param names The folders.
 * @param show Writes a folder's path for people.
 * @returns A finding for each.
 */
export function checkPlaces(names: readonly string[], show: (name: string) => string): Finding[] {
  return names.map((name) => {
    const shown = show(name);
    return problem("cache folder", `${shown} is a folder where a key belongs`, lookInto(shown));
  });
}

/** A lock file with which something is wrong. */
export interface BrokenLock {
  /** Its name. */
  readonly name: string;
  /** What is wrong, in words that fit behind its name. */
  readonly problem: string;
  /** Whether it is a folder. */
  readonly isDirectory: boolean;
}

/**
 * Names the locks that are none.
 *
 * @param locks The files in their place.
 * @param show Writes a file's path for people.
 * @returns A finding for each.
 */
export function checkLocks(
  locks: readonly BrokenLock[],
  show: (name: string) => string,
): Finding[] {
  return locks.map(({ name, problem: words, isDirectory }) => {
    const shown = show(name);
    const cure = isDirectory ? lookInto(shown) : typed(removeCommand(shown));
    return warning("cache folder", `${shown} ${words}, so that nobody waits for it`, cure);
  });
}

/** A folder may hold something of value. */
function lookInto(shown: string): Cure {
  return byHand(`see what is in it, and move it away: ${listFolderCommand(shown)}`);
}

/**
 * Checks the clock against the times that files get.
 *
 * @param probe The file that was just written.
 * @param elsewhere How another folder is chosen.
 * @param newest The time of the newest cached file, in milliseconds since 1970, if there is one.
 * @returns The finding.
 */
export function checkClock(
  { file, before, after }: ProbeFacts,
  elsewhere: Cure,
  newest?: number,
): Finding {
  const check = "clock";
  const time = file.mtime?.getTime() ?? NaN;
  const off = time > after ? time - after : before - time;
  if (!(off <= CLOCK_TOLERANCE)) {
    const message = Number.isNaN(off)
      ? "new files have no time"
      : `new files are ${formatDuration(off / 1000)} ${time > after ? "ahead" : "behind"}`;
    return problem(check, message, elsewhere);
  }
  if (newest !== undefined && newest > after + CLOCK_TOLERANCE) {
    const message = `a cached file is dated ${formatDuration((newest - after) / 1000)} ahead`;
    return warning(check, message, typed("claude-key clear --all"));
  }
  return ok(check, "it agrees with the times of files");
}

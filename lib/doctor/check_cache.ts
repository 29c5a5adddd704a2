/**
 * Can the cache folder keep a secret, and keep it long enough?
 *
 * @module
 */

import { type FileFacts, type GuardRules, judgeFile } from "../cache/guard.ts";
import { OUT_OF_REACH } from "../failure/refusal_words.ts";
import { formatDuration } from "../text/duration.ts";
import { type Finding, ok, problem, warning } from "./finding.ts";
import { pathWord } from "../text/shell_word.ts";

const OPEN_TO_WRITERS = 0o022;
const OPEN_TO_READERS = 0o055;

const ELSEWHERE = "set CLAUDE_KEY_CACHE_DIR to a folder on a local disk";

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
 * @param uid The user that runs this, or `null` where the system has no such numbers.
 * @param shown Where it is, for people.
 * @returns The finding.
 */
export function checkFolder(folder: FolderFacts, uid: number | null, shown: string): Finding {
  const check = "cache folder";
  if (!folder.isDirectory) {
    const fix = `mv ${pathWord(shown)} ${pathWord(`${shown}.old`)}`;
    return problem(check, `${shown} is not a folder`, fix);
  }
  if (uid !== null && folder.uid !== uid) {
    const fix = "set CLAUDE_KEY_CACHE_DIR to a folder of your own";
    return problem(check, `${shown} belongs to another user`, fix);
  }
  // Windows has no such bits; there the folder lies in the user's own profile.
  const mode = uid === null ? 0 : folder.mode ?? 0;
  const fix = `chmod 700 ${pathWord(shown)}`;
  if ((mode & OPEN_TO_WRITERS) !== 0) {
    return problem(check, `others can write in ${shown}`, fix);
  }
  if ((mode & OPEN_TO_READERS) !== 0) {
    return warning(check, `others can look into ${shown}`, fix);
  }
  return ok(check, `${shown} is closed to others`);
}

/**
 * Checks whether a file that is written now would serve as a cached key.
 *
 * @param probe The file, or in words why it could not be written.
 * @param uid The user that runs this, or `null` where the system has no such numbers.
 * @param shown Where the folder is, for people.
 * @returns The finding.
 */
export function checkWriting(
  probe: ProbeFacts | string,
  uid: number | null,
  shown: string,
): Finding {
  const check = "cache writing";
  if (typeof probe === "string") {
    const message = `nothing can be written in ${shown}: ${probe}`;
    return problem(check, message, fixOfRefusal(probe, shown));
  }
  // Its age is for the check of the clock.
  const rules: GuardRules = { ttl: Infinity, now: probe.file.mtime?.getTime() ?? 0, uid };
  const reason = judgeFile(probe.file, rules);
  if (reason === undefined) return ok(check, "a file was written whole");
  return problem(check, `a new file in ${shown} does not serve: ${reason}`, ELSEWHERE);
}

function fixOfRefusal(words: string, shown: string): string {
  if (words === OUT_OF_REACH) return "set CLAUDE_KEY_CACHE_DIR to a folder of your own";
  return /no space left|disk full|quota/i.test(words)
    ? `make room: df -h ${pathWord(shown)}`
    : `make it yours: chmod u+rwx ${pathWord(shown)}`;
}

/**
 * Checks the clock against the times that files get.
 *
 * @param probe The file that was just written.
 * @param newest The time of the newest cached file, in milliseconds since 1970, if there is one.
 * @returns The finding.
 */
export function checkClock({ file, before, after }: ProbeFacts, newest?: number): Finding {
  const check = "clock";
  const time = file.mtime?.getTime() ?? NaN;
  const off = time > after ? time - after : before - time;
  if (!(off <= CLOCK_TOLERANCE)) {
    const message = Number.isNaN(off)
      ? "new files have no time"
      : `new files are ${formatDuration(off / 1000)} ${time > after ? "ahead" : "behind"}`;
    return problem(check, message, ELSEWHERE);
  }
  if (newest !== undefined && newest > after + CLOCK_TOLERANCE) {
    const message = `a cached file is dated ${formatDuration((newest - after) / 1000)} ahead`;
    return warning(check, message, "claude-key clear --all");
  }
  return ok(check, "it agrees with the times of files");
}

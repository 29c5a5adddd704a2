/**
 * Turns: of all processes that want to ask 1Password at the same time, one has the lock.
 *
 * Who has locked the file that bears the name of the lock has the turn, and sets the file's time when
 * it begins. Whoever waits and sees no new time for as long as a turn may take puts a file of its
 * own, locked before, in the place of the lock. The kernel sees to it that only one can, and the
 * others see another file under the name, and wait for that one.
 *
 * @module
 */

import { isStillThere, openLockFile } from "./lock_file.ts";
import { answerOf } from "./answer_of.ts";

/** How a process waits for its turn. */
export interface WaitTerms {
  /** How long others may have a turn, in milliseconds. */
  readonly patience: number;
  /** How long the file system may take to say whether a lock is free, in milliseconds. */
  readonly answerTime: number;
  /** Ends the wait; its reason is then thrown. */
  readonly signal: AbortSignal;
}

/** How often those who wait look whether the turn has passed on, in milliseconds. */
const LOOK_INTERVAL = 200;

/** The lock, and what takes its place. */
interface LockPaths {
  /** The file that the one who has the turn has locked. */
  readonly lock: string;
  /** A new one, before it gets the name of the lock. */
  readonly next: string;
}

/** What became of the wait for one file: the turn, another file under its name, or no locks. */
type Wait = "turn" | "moved" | "no locks" | Deno.FsFile;

/**
 * Waits for this process's turn.
 *
 * @param paths The lock, in a folder that is made.
 * @param terms How long.
 * @returns The locked file, which is to be closed at the end of the turn; nothing where there are no
 * locks.
 * @throws The reason of `terms.signal`, if that ended the wait.
 */
export async function takeTurn(
  paths: LockPaths,
  terms: WaitTerms,
): Promise<Deno.FsFile | undefined> {
  while (true) {
    const file = openLockFile(paths.lock);
    if (file === undefined) return undefined;
    let came: Wait = "no locks";
    try {
      came = await waitFor(file, paths, terms);
    } finally {
      if (came !== "turn") file.close();
    }
    if (came === "turn") return file;
    if (came === "no locks") return undefined;
    if (came !== "moved") return came;
  }
}

/**
 * Begins the turn: the new time of the file tells those who wait that their patience begins anew.
 *
 * @param file The locked file.
 */
export function beginTurn(file: Deno.FsFile): void {
  try {
    const now = new Date();
    file.utimeSync(now, now);
  } catch {
    // They lose patience earlier than they might.
  }
}

async function waitFor(
  file: Deno.FsFile,
  paths: LockPaths,
  terms: WaitTerms,
): Promise<Wait> {
  const { patience, answerTime, signal } = terms;
  const turnOr = (other: Wait): Wait => isStillThere(file, paths.lock) ? "turn" : other;
  const free = await answerOf(failing(file.tryLock(true)), answerTime, signal);
  if (typeof free !== "boolean") return "no locks";
  if (free) return turnOr("moved");
  const mine = failing(file.lock(true).then(() => true));
  let seen = lookAt(paths.lock);
  let since = performance.now();
  while (true) {
    const locked = await answerOf(mine, LOOK_INTERVAL, signal);
    if (locked === "failed") return "no locks";
    if (locked === true) return turnOr("moved");
    const now = lookAt(paths.lock);
    if (now?.file !== seen?.file) return "moved";
    if (now?.time !== seen?.time) since = performance.now();
    seen = now;
    if (performance.now() - since > patience) {
      const successor = await succeed(paths, now?.file, terms);
      if (successor !== "busy") return successor;
      since = performance.now();
    }
  }
}

/** Puts a new file, locked already, in the place of one whose holder does not move. */
async function succeed(
  { lock, next }: LockPaths,
  given: number | null | undefined,
  { answerTime, signal }: WaitTerms,
): Promise<Wait | "busy"> {
  const file = openLockFile(next);
  if (file === undefined) return "no locks";
  try {
    const free = await answerOf(failing(file.tryLock(true)), answerTime, signal);
    if (free === true && isStillThere(file, next)) {
      // Nobody else can come to this point meanwhile.
      if (lookAt(lock)?.file === given) {
        Deno.renameSync(next, lock);
        return file;
      }
      Deno.removeSync(next);
    }
    file.close();
    return free === true ? "moved" : free === false ? "busy" : "no locks";
  } catch {
    file.close();
    signal.throwIfAborted();
    return "no locks";
  }
}

function lookAt(path: string): { file: number | null; time: number | undefined } | undefined {
  try {
    const { ino, mtime } = Deno.lstatSync(path);
    return { file: ino, time: mtime?.getTime() };
  } catch {
    return undefined;
  }
}

function failing(answer: Promise<boolean>): Promise<boolean | "failed"> {
  return answer.catch(() => "failed");
}

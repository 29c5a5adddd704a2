/**
 * Small files of which anything may be expected.
 *
 * @module
 */

import { WINDOWS } from "./paths.ts";

/** A file that was read. */
export interface JudgedFile {
  /** What the system says of it. */
  readonly facts: Deno.FileInfo;
  /** All of it. */
  readonly bytes: Uint8Array;
}

/**
 * Reads a file, if nothing speaks against it.
 *
 * @param path Its absolute path.
 * @param judge Says what speaks against it, before it is opened and again when it is: what counts
 * is the file that is read, and it may have been replaced. It is to refuse what is not a regular
 * file, as opening a pipe would wait for a writer, and what is too large.
 * @param look How the file is looked at; `Deno.lstatSync` follows no link.
 * @returns The file, or what speaks against it.
 * @throws What the system says, if it cannot be read; also that there is none.
 */
export function readJudged<Problem>(
  path: string,
  judge: (facts: Deno.FileInfo) => Problem | undefined,
  look: (path: string) => Deno.FileInfo = Deno.statSync,
): JudgedFile | { readonly problem: Problem } {
  const seen = look(path);
  const known = judge(seen);
  if (known !== undefined) return { problem: known };
  using file = isPrivate(seen) ? openPrivate(path) : Deno.openSync(path);
  const facts = file.statSync();
  const problem = judge(facts);
  return problem === undefined ? { facts, bytes: readAtMost(file, facts.size) } : { problem };
}

const FILE_MODE = 0o777;

/** What its owner may read and write, and nobody else may touch: cached keys, what `setup` writes. */
function isPrivate({ mode }: Deno.FileInfo): boolean {
  return !WINDOWS && ((mode ?? 0) & FILE_MODE) === 0o600;
}

/**
 * Opens a file that is to be read. A pipe that has been put in its place meanwhile keeps nobody waiting,
 * as it is opened for writing as well, and so has its writer [Linux: fifo(7); macOS does the same].
 */
function openPrivate(path: string): Deno.FsFile {
  try {
    return Deno.openSync(path, { read: true, write: true });
  } catch {
    // Somebody else's, on a disk that takes no writing, or this run has given up writing.
    return Deno.openSync(path);
  }
}

function readAtMost(file: Deno.FsFile, limit: number): Uint8Array {
  const buffer = new Uint8Array(limit);
  let length = 0;
  while (length < limit) {
    const count = file.readSync(buffer.subarray(length));
    if (count === null) break;
    length += count;
  }
  return buffer.subarray(0, length);
}

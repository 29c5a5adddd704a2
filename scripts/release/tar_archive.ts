/**
 * Writes `.tar.gz` archives, so that building a release needs nothing but Deno and does not depend
 * on which `tar` a machine has.
 *
 * @module
 */

import { type ArchiveEntry, compress, concatenate, modeOf } from "./archive_entry.ts";
import { TIMESTAMP } from "./timestamp.ts";

const BLOCK = 512;

/**
 * Packs files into a tar archive (POSIX ustar) compressed by gzip. Nothing in it tells who made it
 * or when.
 *
 * @param entries The files.
 * @returns The archive.
 * @throws {RangeError} If a path does not fit into a header.
 */
export async function tarGz(entries: readonly ArchiveEntry[]): Promise<Uint8Array<ArrayBuffer>> {
  const blocks = entries.flatMap((entry) => [
    header(entry),
    entry.content,
    new Uint8Array(-entry.content.length & (BLOCK - 1)),
  ]);
  return compress(await concatenate([...blocks, new Uint8Array(2 * BLOCK)]), "gzip");
}

/** The fields of the header and where each is: POSIX.1-2017, pax, "ustar Interchange Format". */
function header(entry: ArchiveEntry): Uint8Array<ArrayBuffer> {
  const block = new Uint8Array(BLOCK);
  const encoder = new TextEncoder();
  const put = (at: number, text: string) => block.set(encoder.encode(text), at);
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, "0");

  if (entry.path.length > 100) throw new RangeError(`too long for a tar archive: "${entry.path}"`);
  put(0, entry.path);
  put(100, octal(modeOf(entry), 7));
  put(108, octal(0, 7));
  put(116, octal(0, 7));
  put(124, octal(entry.content.length, 11));
  put(136, octal(TIMESTAMP.getTime() / 1000, 11));
  put(156, "0");
  put(257, "ustar\0" + "00");

  // The checksum counts its own field as spaces.
  put(148, " ".repeat(8));
  put(148, `${octal(block.reduce((sum, byte) => sum + byte, 0), 6)}\0`);
  return block;
}

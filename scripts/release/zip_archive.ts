/**
 * Writes `.zip` archives, which is what Windows unpacks by itself.
 *
 * @module
 */

import { type ArchiveEntry, compress, concatenate, modeOf } from "./archive_entry.ts";
import { TIMESTAMP } from "./timestamp.ts";

/** Version 2.0 of the format, the first with folders and deflate. */
const NEEDED_VERSION = 20;
/** The same, made on Unix: the permission bits count. */
const MADE_BY = (3 << 8) | NEEDED_VERSION;
const DEFLATE = 8;
const REGULAR_FILE = 0o100000;

/**
 * Packs files into a zip archive. Nothing in it tells who made it or when.
 *
 * @param entries The files, each below 4 GiB.
 * @returns The archive.
 */
export async function zip(entries: readonly ArchiveEntry[]): Promise<Uint8Array<ArrayBuffer>> {
  const files: Uint8Array<ArrayBuffer>[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = new TextEncoder().encode(entry.path);
    const data = await compress(entry.content, "deflate-raw");
    const common = [
      u16(NEEDED_VERSION),
      u16(0),
      u16(DEFLATE),
      ...timeOf(TIMESTAMP),
      u32(crc32(entry.content)),
      u32(data.length),
      u32(entry.content.length),
      u16(name.length),
      u16(0),
    ];
    const file = await concatenate([u32(0x04034b50), ...common, name, data]);
    files.push(file);
    directory.push(
      u32(0x02014b50),
      u16(MADE_BY),
      ...common,
      u16(0),
      u16(0),
      u16(0),
      u32((REGULAR_FILE | modeOf(entry)) * 2 ** 16),
      u32(offset),
      name,
    );
    offset += file.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const count = u16(entries.length);
  const end = [u32(0x06054b50), u16(0), u16(0), count, count, u32(size), u32(offset), u16(0)];
  return concatenate([...files, ...directory, ...end]);
}

/** The time and the day as MS-DOS has them. */
function timeOf(time: Date): Uint8Array<ArrayBuffer>[] {
  const day = ((time.getUTCFullYear() - 1980) << 9) | ((time.getUTCMonth() + 1) << 5) |
    time.getUTCDate();
  const clock = (time.getUTCHours() << 11) | (time.getUTCMinutes() << 5) |
    (time.getUTCSeconds() >> 1);
  return [u16(clock), u16(day)];
}

function u16(value: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(2);
  new DataView(bytes.buffer).setUint16(0, value, true);
  return bytes;
}

function u32(value: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = (sum >>> 8) ^ (CRC_TABLE[(sum ^ byte) & 0xff] ?? 0);
  return ~sum >>> 0;
}

/**
 * What archives are made of.
 *
 * @module
 */

/** A file in an archive. */
export interface ArchiveEntry {
  /** Its path in the archive: ASCII, parts joined by `/`, at most 100 characters. */
  readonly path: string;
  /** Whether it is a program. */
  readonly executable: boolean;
  /** Its content. */
  readonly content: Uint8Array<ArrayBuffer>;
}

/**
 * The permission bits of an entry.
 *
 * @param entry The entry.
 * @returns Bits as `chmod` takes them.
 */
export function modeOf(entry: ArchiveEntry): number {
  return entry.executable ? 0o755 : 0o644;
}

/**
 * Compresses bytes.
 *
 * @param bytes What to compress.
 * @param format The format.
 * @returns The compressed bytes; the same for the same input and version of Deno.
 */
export async function compress(
  bytes: Uint8Array<ArrayBuffer>,
  format: "gzip" | "deflate-raw",
): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream(format));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * Joins pieces of a file.
 *
 * @param pieces The pieces, in order.
 * @returns All of them in one.
 */
export async function concatenate(
  pieces: readonly Uint8Array<ArrayBuffer>[],
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Blob([...pieces]).arrayBuffer());
}

/**
 * The checksums of a release, in the format that `sha256sum -c` accepts.
 *
 * @module
 */

/** The name of the file that holds them. */
export const CHECKSUMS = "checksums.txt";

/**
 * Computes the SHA-256 of bytes.
 *
 * @param bytes The bytes.
 * @returns 64 hexadecimal digits.
 */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

/**
 * Writes checksums as a text.
 *
 * @param sums The checksum of each file by its name.
 * @returns One line for each file, sorted by name.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const text = formatChecksums(new Map([["b.zip", "22"], ["a.zip", "11"]]));
 * assertEquals(text, "11  a.zip\n22  b.zip\n");
 * ```
 */
export function formatChecksums(sums: ReadonlyMap<string, string>): string {
  return [...sums].sort(([a], [b]) => a < b ? -1 : 1)
    .map(([name, sum]) => `${sum}  ${name}\n`).join("");
}

/**
 * Reads what {@linkcode formatChecksums} wrote.
 *
 * @param text The text.
 * @returns The checksum of each file by its name.
 * @throws {Error} If a line is something else.
 */
export function parseChecksums(text: string): Map<string, string> {
  return new Map(
    text.split("\n").filter((line) => line !== "").map((line) => {
      const [, sum = "", name = ""] = /^([0-9a-f]{64}) {2}(\S+)$/.exec(line) ?? [];
      if (name === "") throw new Error(`not a line of ${CHECKSUMS}: "${line}"`);
      return [name, sum];
    }),
  );
}

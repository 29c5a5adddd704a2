/**
 * What a key may look like: one line of printable text without white space. Headers of HTTP and Claude
 * Code take none.
 *
 * @module
 */

import { hasControlCharacter } from "./control_characters.ts";
import { FORMAT_CHARACTER } from "./format_characters.ts";
import { decodeUtf8 } from "./utf8.ts";

/** The longest line with a key, in bytes: the key and its newline. */
export const LARGEST_KEY_LINE = 64 * 1024;

/** A key, or in words that fit behind what holds it why there is none. */
type KeyLine =
  | {
    /** At least one character. */
    readonly key: string;
    /** Whether there was white space around it, or something as invisible. */
    readonly surrounded: boolean;
  }
  | { readonly problem: string };

/**
 * Takes a key out of the line that is to hold it.
 *
 * @param line What was read, without the newline at its end.
 * @returns The key, without what is invisible around it, or why there is none.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const read = (line: string) => readKeyLine(new TextEncoder().encode(line));
 * assertEquals(read("sk-é"), { key: "sk-é", surrounded: false });
 * assertEquals(read("\u00a0sk-1\t"), { key: "sk-1", surrounded: true });
 * assertEquals(read("ask Ada"), { problem: "has white space inside" });
 * ```
 */
export function readKeyLine(line: Uint8Array): KeyLine {
  const text = decodeUtf8(line);
  if (text === undefined) return { problem: "is not plain text" };
  const key = bare(text);
  if (key === "") return { problem: "is empty" };
  if (key.includes("\n")) return { problem: "has more than one line" };
  if (hasControlCharacter(key.replaceAll("\t", ""))) return { problem: "is not plain text" };
  if (/\s/.test(key)) return { problem: "has white space inside" };
  if (FORMAT_CHARACTER.test(key)) return { problem: "has an invisible character inside" };
  return { key, surrounded: key !== text };
}

/** Character by character, as an expression would search long white space again and again. */
function bare(text: string): string {
  const isBlank = (index: number): boolean =>
    /\s/.test(text[index] ?? "") ||
    FORMAT_CHARACTER.test(text[index] ?? "");
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(start)) start++;
  while (end > start && isBlank(end - 1)) end--;
  return text.slice(start, end);
}

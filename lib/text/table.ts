/**
 * Tables for people.
 *
 * @module
 */

import { unicodeWidth } from "@std/cli/unicode-width";
import { escapeControlCharacters } from "./control_characters.ts";

/**
 * Aligns the cells of a table as a terminal shows them, two spaces apart.
 *
 * @param rows The cells, row by row. Control characters in them are shown, not sent.
 * @param paint Colours a cell that is already padded; without it none is coloured.
 * @returns One line a row, each ending in a newline.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(table([["a", "b"], ["long", "c"]]), "a     b\nlong  c\n");
 * assertEquals(table([["鍵", "b"], ["long", "c"]]), "鍵    b\nlong  c\n");
 * ```
 */
export function table(
  rows: readonly (readonly string[])[],
  paint: (cell: string, row: number, column: number) => string = (cell) => cell,
): string {
  const cells = rows.map((row) => row.map(escapeControlCharacters));
  const widths: number[] = [];
  for (const row of cells) {
    for (const [column, cell] of row.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, unicodeWidth(cell));
    }
  }
  return cells.map((row, index) => {
    const last = row.findLastIndex((cell) => cell !== "");
    const padded = row.slice(0, last + 1).map((cell, column) => {
      const gap = column < last ? (widths[column] ?? 0) - unicodeWidth(cell) : 0;
      return paint(cell + " ".repeat(gap), index, column);
    });
    return `${padded.join("  ")}\n`;
  }).join("");
}

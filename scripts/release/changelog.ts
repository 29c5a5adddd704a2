/**
 * Reads CHANGELOG.md.
 *
 * @module
 */

/**
 * Finds what a changelog says about a version.
 *
 * @param version The version.
 * @param changelog The text; each version has a heading of the second level that begins with it.
 * @returns What stands below that heading, ending in a newline.
 * @throws {Error} If there is nothing.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const changelog = "# Changes\n\n## 1.1.0 (2026-08-01)\n\n- faster\n\n## 1.0.0\n\n- first\n";
 * assertEquals(notesOf("1.1.0", changelog), "- faster\n");
 * ```
 */
export function notesOf(version: string, changelog: string): string {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => {
    const [heading = ""] = text.split("\n");
    return heading.replace(/^\[?v?/, "").split(/[\]\s]/)[0] === version;
  });
  const notes = section?.split("\n").slice(1).join("\n").trim() ?? "";
  if (notes === "") throw new Error(`CHANGELOG.md says nothing about version ${version}`);
  return `${notes}\n`;
}

/**
 * What of the demonstration's output the picture shows.
 *
 * @module
 */

/** What a line is, which decides how it looks: `cached` and `fetched` say where the key is from. */
export type LineKind = "told" | "typed" | "printed" | "cached" | "fetched";

/** A line of a session. An empty one keeps others apart. */
export interface Line {
  /** What it is. */
  readonly kind: LineKind;
  /** Its text, without margin and prompt. */
  readonly text: string;
}

/**
 * Takes the lines out of what the demonstration prints. What varies from run to run is left out:
 * how long each command took, and the name of the temporary folder.
 *
 * @param shown What it prints.
 * @returns Every other line, word for word.
 */
export function transcript(shown: string): Line[] {
  return shown.trimEnd()
    .replace(/^ {2}\(\d+ ms\)\n/gm, "")
    .replace(/(in a temporary home), .*(?=\.$)/m, "$1")
    .split("\n").map(lineOf);
}

function lineOf(line: string): Line {
  const [, prompt, text] = /^ {2}(\$ )?(.*)$/.exec(line) ?? [];
  if (text === undefined) return { kind: "told", text: line };
  if (prompt !== undefined) return { kind: "typed", text };
  if (!text.startsWith("claude-key: ")) return { kind: "printed", text };
  return { kind: text.endsWith(" loaded from cache") ? "cached" : "fetched", text };
}

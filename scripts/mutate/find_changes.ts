/**
 * Finds the changes that can be made to files.
 *
 * @module
 */

import type { Change } from "./changes.ts";

/** A change to a file of the project. */
export interface FoundChange extends Change {
  /** The file, by its path in the project. */
  readonly file: string;
  /** The line where it begins; the first one is 1. */
  readonly line: number;
  /** The line where it ends. */
  readonly lastLine: number;
  /** What is replaced. */
  readonly from: string;
}

const CONFIGURATION = new URL("lint.json", import.meta.url).pathname;

/** What `deno lint --json` prints, as far as it is needed here. */
interface LintReport {
  readonly diagnostics: readonly { readonly filename: string; readonly message: string }[];
  readonly errors: readonly { readonly file_path: string; readonly message: string }[];
}

/**
 * Finds the changes.
 *
 * @param root The project's folder, which ends in `/`.
 * @param files Paths in it.
 * @returns The changes, in the order of the files and then of their places.
 * @throws {Error} If a file cannot be read or parsed.
 */
export async function findChanges(root: URL, files: readonly string[]): Promise<FoundChange[]> {
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["lint", "--json", `--config=${CONFIGURATION}`, ...files],
    cwd: root,
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  const { diagnostics, errors }: LintReport = JSON.parse(decoder.decode(stdout) || "{}");
  const [error] = errors ?? [{ file_path: "deno lint", message: decoder.decode(stderr) }];
  if (error) throw new Error(`${error.file_path}: ${error.message}`);

  const found: FoundChange[] = [];
  for (const file of files) {
    const url = new URL(file, root);
    const text = await Deno.readTextFile(url);
    const changes = diagnostics.filter(({ filename }) => filename === url.href)
      .map(({ message }): Change => JSON.parse(message))
      .toSorted((one, other) => one.start - other.start || one.end - other.end);
    for (const change of changes) {
      const from = text.slice(change.start, change.end);
      const line = text.slice(0, change.start).split("\n").length;
      found.push({ ...change, file, line, lastLine: line + from.split("\n").length - 1, from });
    }
  }
  return found;
}

/**
 * Makes a change.
 *
 * @param text The file's text.
 * @param change The change.
 * @returns The text with it.
 */
export function changed(text: string, { start, end, to }: Change): string {
  return text.slice(0, start) + to + text.slice(end);
}

/**
 * Which lines of lib/ a test file executes, the programs that it starts included.
 *
 * @module
 */

import type { ProjectCopy, TestRun } from "./project_copy.ts";

/** What a test file does in the unchanged project. */
export interface Reach {
  /** The test file, by its path in the project. */
  readonly test: string;
  /** How it ended there. */
  readonly run: TestRun;
  /** The lines that it executes, by the paths of their files in the project. */
  readonly lines: ReadonlyMap<string, ReadonlySet<number>>;
}

/** How long a test file may take in the unchanged project, in seconds. */
const LIMIT = 600;

/**
 * Runs a test file and sees what it executes.
 *
 * @param copy Where to run it, unchanged.
 * @param test The test file, by its path in the project.
 * @returns What it does.
 */
export async function reachOf(copy: ProjectCopy, test: string): Promise<Reach> {
  const coverage = await Deno.makeTempDir({ prefix: "claude-key-coverage-" });
  try {
    const run = await copy.test(test, { limit: LIMIT, coverage });
    removeTornNotes(coverage);
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["coverage", "--lcov", `--include=^${copy.root.href}lib/`, coverage],
      cwd: copy.root,
      stderr: "null",
    }).output();
    return { test, run, lines: executedLines(new TextDecoder().decode(stdout), copy.root) };
  } finally {
    await Deno.remove(coverage, { recursive: true });
  }
}

/**
 * Removes notes of what was executed that are not whole: a program leaves such where a test lets it
 * write no large file, and beside one of them Deno reads none at all [Deno 2.9].
 *
 * @param folder The folder with the notes.
 */
export function removeTornNotes(folder: string): void {
  for (const { name } of Deno.readDirSync(folder)) {
    const path = `${folder}/${name}`;
    try {
      JSON.parse(Deno.readTextFileSync(path));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      Deno.removeSync(path);
    }
  }
}

/**
 * Reads a report in LCOV's form [geninfo(1)].
 *
 * @param report Records that begin with `SF:PATH` and have a `DA:LINE,COUNT` for each line.
 * @param root The folder that paths are to be relative to, with a `/` at its end.
 * @returns The lines that were executed, by file.
 */
export function executedLines(report: string, root: URL): Map<string, Set<number>> {
  const found = new Map<string, Set<number>>();
  let lines = new Set<number>();
  for (const line of report.split("\n")) {
    if (line.startsWith("SF:")) {
      lines = new Set();
      found.set(decodeURI(new URL(`file://${line.slice(3)}`).href.slice(root.href.length)), lines);
    }
    const [, number, count] = /^DA:(\d+),(\d+)/.exec(line) ?? [];
    if (number !== undefined && count !== "0") lines.add(Number(number));
  }
  return found;
}

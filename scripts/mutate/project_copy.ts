/**
 * A copy of the project, in which files are changed and tests are run.
 *
 * @module
 */

import { bareEnvironment } from "../bare_environment.ts";

/** How a test file ended. */
export interface TestRun {
  /** What came of it. */
  readonly outcome: "passed" | "failed" | "timed out";
  /** How long it took, in seconds. */
  readonly seconds: number;
  /** What it printed. */
  readonly output: string;
}

/** How a test file is run. */
export interface TestOptions {
  /** How long it may take, in seconds. */
  readonly limit: number;
  /** The folder where it notes what it executes, if it is to. */
  readonly coverage?: string;
}

/** What is no part of the sources. */
const ELSEWHERE = new Set([".git", "dist", "node_modules"]);

const WINDOWS = Deno.build.os === "windows";

/** A copy in a temporary folder, with a home folder and a temporary folder of its own. */
export class ProjectCopy implements Disposable {
  /** The copy's folder, with a `/` at its end. */
  readonly root: URL;
  readonly #folder = Deno.makeTempDirSync({ prefix: "claude-key-mutate-" });
  readonly #flags: readonly string[];
  readonly #importMap: string | undefined;
  #child: Deno.ChildProcess | undefined;

  /**
   * Copies the project.
   *
   * @param project Its folder, with a `/` at its end.
   * @param flags Flags for `deno test`.
   * @param importMap The import map of the programs under test, if they need one.
   */
  constructor(project: URL, flags: readonly string[], importMap: string | undefined) {
    const real = Deno.realPathSync(this.#folder);
    this.root = new URL(`file://${real}/project/`);
    this.#flags = flags;
    this.#importMap = importMap;
    copyFolder(project, this.root);
    for (const name of ["home", "tmp"]) Deno.mkdirSync(`${this.#folder}/${name}`);
  }

  /** Ends what runs in it, and removes it. */
  [Symbol.dispose](): void {
    this.#kill();
    try {
      Deno.removeSync(this.#folder, { recursive: true });
    } catch {
      // A program that outlives its test may still write here. What is left is a temporary folder.
    }
  }

  /**
   * Reads a file.
   *
   * @param file Its path in the project.
   */
  read(file: string): string {
    return Deno.readTextFileSync(new URL(file, this.root));
  }

  /**
   * Writes a file.
   *
   * @param file Its path in the project.
   * @param text Its new text.
   */
  write(file: string, text: string): void {
    Deno.writeTextFileSync(new URL(file, this.root), text);
  }

  /**
   * Runs one test file, or the examples of a file of lib/, until the first failure.
   *
   * @param file Its path in the project.
   * @param options How.
   * @returns How it ended.
   */
  async test(file: string, { limit, coverage }: TestOptions): Promise<TestRun> {
    const started = performance.now();
    this.#child = new Deno.Command(Deno.execPath(), {
      args: [
        ...["test", "--frozen", "--allow-all", "--no-check", "--quiet", "--fail-fast"],
        ...this.#flags,
        ...(coverage === undefined ? [] : [`--coverage=${coverage}`, "--coverage-raw-data-only"]),
        ...(file.endsWith("_test.ts") ? [] : ["--doc"]),
        file,
      ],
      cwd: this.root,
      env: {
        ...bareEnvironment(),
        HOME: `${this.#folder}/home`,
        TMPDIR: `${this.#folder}/tmp`,
        NO_COLOR: "1",
        ...(this.#importMap !== undefined && { CLAUDE_KEY_IMPORT_MAP: this.#importMap }),
        ...(coverage !== undefined && { DENO_COVERAGE_DIR: coverage }),
      },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
      // A group of its own: a change that makes a program hang leaves more than one process.
      detached: !WINDOWS,
    }).spawn();
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      this.#kill();
    }, limit * 1000);
    const { success, stdout, stderr } = await this.#child.output();
    clearTimeout(timer);
    this.#kill();
    this.#child = undefined;
    const decoder = new TextDecoder();
    return {
      outcome: timedOut ? "timed out" : success ? "passed" : "failed",
      seconds: (performance.now() - started) / 1000,
      output: decoder.decode(stdout) + decoder.decode(stderr),
    };
  }

  #kill(): void {
    if (this.#child === undefined) return;
    try {
      if (WINDOWS) this.#child.kill();
      else Deno.kill(-this.#child.pid, "SIGKILL");
    } catch {
      // All of it has ended.
    }
  }
}

function copyFolder(from: URL, to: URL): void {
  Deno.mkdirSync(to, { recursive: true });
  for (const { name, isDirectory, isFile } of Deno.readDirSync(from)) {
    if (ELSEWHERE.has(name)) continue;
    const path = encodeURIComponent(name);
    if (isDirectory) copyFolder(new URL(`${path}/`, from), new URL(`${path}/`, to));
    if (isFile) Deno.copyFileSync(new URL(path, from), new URL(path, to));
  }
}

/**
 * A terminal of a user who has nothing but claude-key and a stand-in for `op`: what every
 * end-to-end test works in.
 *
 * @module
 */

import { dialect as posix } from "../../lib/shells/posix.ts";
import { dialect as pwsh } from "../../lib/shells/pwsh.ts";
import { setShellAtHand } from "../../lib/text/shell_at_hand.ts";
import { table } from "../../lib/text/table.ts";
import { orKilled } from "./deadline.ts";
import { copyExecutable } from "./executable.ts";
import { join } from "./join.ts";
import { type Program, program } from "./program.ts";

/** What came of a command. */
export interface Run {
  /** What it printed. */
  readonly stdout: string;
  /** What it said beside. */
  readonly stderr: string;
  /** How it ended. */
  readonly status: number;
}

/** How a command is run. */
export interface RunOptions {
  /** Variables of the environment; an empty one counts as not set. */
  readonly env?: Readonly<Record<string, string>>;
  /** The current folder; the home folder otherwise. */
  readonly cwd?: string;
  /** A command to run it under, with its arguments. */
  readonly under?: readonly string[];
  /** The program, if not claude-key itself. */
  readonly program?: Program;
}

/** What `op` does in the place of what it is asked. */
export interface Deed {
  /** What it prints. */
  readonly stdout: string | Uint8Array;
  /** What it says before, on stderr. */
  readonly stderr: string | Uint8Array;
  /** How it ends. */
  readonly status: number;
}

/** The reference that most tests use. */
export const LOCAL_ENV = 'OP_ITEM="op://Work/litellm"\n';

/** The key that the stand-in hands out for it. */
export const KEY = "sk-one-2f7c";

const WINDOWS = Deno.build.os === "windows";

/** What `env` prints when there is no key, for the shell of somebody who names none. */
export const NO_KEY = (WINDOWS ? pwsh : posix).failure;

/** What the file is called that is run as `op`. */
export const OP = WINDOWS ? "op.cmd" : "op";

/** The one folder that a home has which holds nothing but `local.env`. */
export const FIRST_FOLDER = WINDOWS ? "AppData" : ".config";

// So that the functions of lib/text/typed_commands.ts write here what a hint says.
setShellAtHand(WINDOWS ? "pwsh" : "posix");

/** A temporary home with a stand-in for `op` on the path. */
export class Terminal {
  /** The folder that holds everything. */
  readonly root: string;
  /** The home folder. */
  readonly home: string;
  /** The folder on the path that holds `op`. */
  readonly bin: string;

  /**
   * Opens a terminal.
   *
   * @param localEnv The content of `local.env`; `null`: there is no such file.
   * @param fields What the fields of the vault hold, by the path behind `op://`.
   */
  constructor(
    localEnv: string | null = LOCAL_ENV,
    fields: Readonly<Record<string, string>> = { "Work/litellm/API Key": `${KEY}\n` },
  ) {
    this.root = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "claude-key-test-" }));
    this.home = join(this.root, "home");
    this.bin = join(this.root, "bin");
    Deno.mkdirSync(this.home);
    Deno.mkdirSync(this.bin);
    copyExecutable(new URL(`./stand_in/${OP}`, import.meta.url), join(this.bin, OP));
    if (localEnv !== null) this.writeLocalEnv(localEnv);
    for (const [path, value] of Object.entries(fields)) this.setField(path, value);
  }

  /** Removes everything. */
  [Symbol.dispose](): void {
    for (let tries = 1;; tries++) {
      try {
        return Deno.removeSync(this.root, { recursive: true });
      } catch (error) {
        // When a test fails, its programs may still write here, and an error from here would hide
        // the one of the test.
        if (tries === 100) throw error;
      }
    }
  }

  /** Where `local.env` is. */
  get localEnv(): string {
    return join(this.#configuration, "claude", "local.env");
  }

  /** Where the cache is. */
  get cache(): string {
    return WINDOWS
      ? join(this.home, "AppData", "Local", "claude")
      : join(this.home, ".cache", "claude");
  }

  /**
   * Writes paths below the home folder as claude-key shows them here.
   *
   * @param text Any text in which they are written as on Unix: `~/.config/…`, `~/.cache/…`, `~/…`.
   * @returns The same with the paths of this system.
   */
  shown(text: string): string {
    if (!WINDOWS) return text;
    return text.replace(/~\/([\w./-]*)/g, (_, path: string) => {
      if (path.startsWith(".config/")) return join(this.#configuration, path.slice(8));
      if (path.startsWith(".cache/")) return join(this.cache, "..", path.slice(7));
      return join(this.home, path);
    });
  }

  /**
   * Writes a table as claude-key writes it here.
   *
   * @param text The table with the paths of Unix, and two spaces or more between its columns.
   * @returns The same with the paths of this system, and columns as wide as these need.
   */
  shownTable(text: string): string {
    if (!WINDOWS) return text;
    return table(text.trimEnd().split("\n").map((line) => this.shown(line).split(/ {2,}/)));
  }

  /** The variables that every command finds. */
  get env(): Record<string, string> {
    return WINDOWS
      ? {
        USERPROFILE: this.home,
        APPDATA: this.#configuration,
        LOCALAPPDATA: join(this.home, "AppData", "Local"),
        PATH: this.bin,
      }
      : { HOME: this.home, PATH: `${this.bin}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin` };
  }

  /**
   * Runs claude-key.
   *
   * @param args Its arguments.
   * @param options How.
   * @returns What came of it.
   */
  async run(args: readonly string[], options: RunOptions = {}): Promise<Run> {
    const child = this.command(args, options).spawn();
    const ending = `${[options.program?.command ?? "claude-key", ...args].join(" ")} ends`;
    const { stdout, stderr, code } = await orKilled(ending, child, child.output());
    const decoder = new TextDecoder();
    return { stdout: decoder.decode(stdout), stderr: linesOf(stderr), status: code };
  }

  /**
   * Prepares a run of claude-key, for tests that watch it at work.
   *
   * @param args Its arguments.
   * @param options How, and with which streams; piped if nothing is said.
   * @returns The command, not yet started.
   */
  command(
    args: readonly string[],
    options: RunOptions & Pick<Deno.CommandOptions, "stdin" | "stdout" | "stderr"> = {},
  ): Deno.Command {
    const { env = {}, cwd = this.home, under = [], program: chosen = program() } = options;
    const [command = "", ...rest] = [...under, chosen.command, ...chosen.args, ...args];
    const variables = Object.entries({ ...chosen.env, ...this.env, ...env });
    return new Deno.Command(command, {
      args: rest,
      clearEnv: true,
      env: Object.fromEntries(variables.filter(([, value]) => value !== "")),
      cwd,
      stdin: options.stdin ?? "null",
      stdout: options.stdout ?? "piped",
      stderr: options.stderr ?? "piped",
    });
  }

  /** Writes `local.env`. */
  writeLocalEnv(text: string | Uint8Array): void {
    Deno.mkdirSync(join(this.#configuration, "claude"), { recursive: true });
    Deno.writeFileSync(this.localEnv, bytesOf(text));
  }

  /** Sets what a field of the vault holds, exactly as `op` prints it. */
  setField(path: string, value: string | Uint8Array): void {
    const file = join(this.bin, "vault", path);
    Deno.mkdirSync(join(file, ".."), { recursive: true });
    Deno.writeFileSync(file, bytesOf(value));
  }

  /** Makes `op` fail with these words from now on; without words it works again. */
  failWith(words?: string): void {
    this.#setFile("failure", words && `${words.replace(/\n+$/, "")}\n`);
  }

  /** Makes `op` print and end like this from now on, whatever it is asked. */
  perform({ stdout = "", stderr = "", status = 0 }: Partial<Deed>): void {
    Deno.mkdirSync(join(this.bin, "deed"), { recursive: true });
    this.#setFile(join("deed", "stdout"), stdout);
    this.#setFile(join("deed", "stderr"), stderr);
    this.#setFile(join("deed", "status"), `${status}\n`);
  }

  /**
   * Makes `op` answer a command from now on.
   *
   * @param name The words of the command, joined by `-`: `account-list`, `whoami`, `--version`.
   * @param text What it prints.
   */
  answer(name: string, text: string): void {
    Deno.mkdirSync(join(this.bin, "answers"), { recursive: true });
    this.#setFile(join("answers", name), text);
  }

  /**
   * Makes `op` run this text from now on; without a text it works again.
   *
   * @param posix For a POSIX shell, in which `$here` is its folder.
   * @param batch For cmd, in which `%here%` is its folder and ends in a `\`, and `%first%` and
   * `%second%` are its first arguments.
   */
  runInstead(posix?: string, batch?: string): void {
    if (!WINDOWS) return this.#setFile("script", posix);
    if (posix !== undefined && batch === undefined) throw new Error("there is no text for cmd");
    this.#setFile("script.cmd", batch?.replace(/\r?\n/g, "\r\n"));
  }

  /** Makes `op` wait; see {@linkcode release}. */
  hold(): void {
    this.#setFile("hold", "");
  }

  /** Lets `op` go on. */
  release(): void {
    this.#setFile("hold", undefined);
  }

  /** The arguments of each call of `op` so far. */
  get calls(): string[] {
    try {
      return Deno.readTextFileSync(join(this.bin, "calls")).split("\n").slice(0, -1)
        .map((line) => line.trim());
    } catch {
      return [];
    }
  }

  /** The names of the files in the cache folder, sorted; locks aside. */
  get cached(): string[] {
    return Array.from(Deno.readDirSync(this.cache), ({ name }) => name)
      .filter((name) => !name.endsWith(".lock")).sort();
  }

  /** The path of the one cached key. */
  get keyFile(): string {
    const names = this.cached.filter((name) => name.endsWith(".key"));
    if (names.length !== 1) throw new Error(`not one cached key but ${names.length}`);
    return join(this.cache, names[0] ?? "");
  }

  get #configuration(): string {
    return WINDOWS ? join(this.home, "AppData", "Roaming") : join(this.home, ".config");
  }

  #setFile(name: string, content: string | Uint8Array | undefined): void {
    const path = join(this.bin, name);
    if (content !== undefined) return Deno.writeFileSync(path, bytesOf(content));
    try {
      Deno.removeSync(path);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}

/** What a program said. The stand-in for `op` ends its own lines as is usual on Windows. */
export function linesOf(stderr: Uint8Array): string {
  const text = new TextDecoder().decode(stderr);
  return WINDOWS ? text.replaceAll("\r\n", "\n") : text;
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
}

/**
 * Gives a program variables that are there and empty.
 *
 * @param names The variables.
 * @returns The command to run it under.
 */
export function withEmpty(...names: readonly string[]): string[] {
  if (!WINDOWS) return ["env", ...names.map((name) => `${name}=`)];
  const script = `
    const [command, ...args] = Deno.args;
    const env = Object.fromEntries(${JSON.stringify(names)}.map((name) => [name, ""]));
    Deno.exit((await new Deno.Command(command, { args, env }).spawn().status).code);`;
  return [Deno.execPath(), "run", "--quiet", "--allow-all", "--no-config", dataUrl(script)];
}

function dataUrl(script: string): string {
  return `data:text/typescript,${encodeURIComponent(script)}`;
}

/**
 * Makes permissions bind root as well.
 *
 * @returns The command to run a program under, so that it may not read or write what its file
 * permissions forbid; empty for users who are not root.
 */
export function withoutPrivilege(): string[] {
  return Deno.uid() === 0 ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--"] : [];
}

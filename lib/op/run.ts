/**
 * Runs `op`, the only program that claude-key ever runs.
 *
 * @module
 */

import { Failure } from "../failure/failure.ts";
import { WINDOWS } from "../files/paths.ts";
import { findProgramCommand } from "../text/typed_commands.ts";

/** How `op` is to be run. */
export interface RunOptions {
  /** How long it may take, in seconds. */
  readonly timeout: number;
  /** Takes what it writes to stderr, as it comes; without it nobody sees that. */
  readonly onWords?: (chunk: Uint8Array) => void;
  /** Variables of the user's environment that it is not to see. */
  readonly withheld: readonly string[];
  /** Ends the run early; its reason is what is then thrown. */
  readonly signal: AbortSignal;
  /** The most that is read from its stdout, in bytes; more ends the run. */
  readonly limit: number;
}

/** What came of a run. */
interface RunResult {
  /** Whether it ended by itself with status 0. */
  readonly success: boolean;
  /** The signal that killed it, if one did. */
  readonly killedBy: Deno.Signal | null;
  /** What it printed; longer than the limit if it printed too much and was ended for it. */
  readonly stdout: Uint8Array;
  /** The end of what it wrote to stderr. */
  readonly words: string;
}

/** How much of stderr is kept for understanding a failure, in characters. */
const WORDS_KEPT = 16 * 1024;

/** How long the streams of an ended `op` may stay open, in milliseconds: it may leave a daemon. */
const DRAIN_TIME = 500;

/** How much later than `op` this process may hear of a Ctrl-C that both got, in milliseconds. */
const SIGNAL_LAG = 50;

/** How long `op` has to end by itself once it is told to, in milliseconds. */
const KILL_GRACE = 1_000;

/**
 * Runs `op` to its end. A terminal as stdin it gets, so that a sign-in question can be answered; of
 * anything else it would take what is meant for somebody else.
 *
 * @param args Its arguments. Never a secret.
 * @param options How to run it.
 * @returns What came of it.
 * @throws {Failure} Of kind `op missing` if there is none, `timed out` if it took too long.
 * @throws The reason of `options.signal`, if that ended the run.
 */
export async function runOp(args: readonly string[], options: RunOptions): Promise<RunResult> {
  options.signal.throwIfAborted();
  const child = spawn(args, options.withheld);
  const stopping = new Stopping(child);
  const onAbort = (): void => stopping.stop(options.signal.reason);
  options.signal.addEventListener("abort", onAbort);
  const timer = setTimeout(() => stopping.stop(tooSlow(options.timeout)), options.timeout * 1000);

  const closing = new AbortController();
  const printed = new Uint8Array(options.limit + 1);
  let length = 0;
  const stdout = follow(child.stdout, closing.signal, (chunk) => {
    const fitting = chunk.subarray(0, printed.length - length);
    printed.set(fitting, length);
    length += fitting.length;
    if (length > options.limit) stopping.stop();
  });
  let words = "";
  const decoder = new TextDecoder();
  const stderr = follow(child.stderr, closing.signal, (chunk) => {
    options.onWords?.(chunk);
    words = (words + decoder.decode(chunk, { stream: true })).slice(-WORDS_KEPT);
  });

  const status = await child.status;
  clearTimeout(timer);
  options.signal.removeEventListener("abort", onAbort);
  stopping.ended();
  const drained = setTimeout(() => closing.abort(), DRAIN_TIME);
  await Promise.all([stdout, stderr]);
  clearTimeout(drained);

  if (stopping.reason !== undefined) throw stopping.reason;
  if (!status.success) {
    await new Promise((resolve) => setTimeout(resolve, SIGNAL_LAG));
    options.signal.throwIfAborted();
  }
  return {
    success: status.success,
    killedBy: status.signal,
    stdout: printed.subarray(0, length),
    words,
  };
}

/** Ends a child before its time, by force if it does not obey. */
class Stopping {
  /** Why it is ended, as far as that is a failure. */
  reason: unknown;
  readonly #child: Deno.ChildProcess;
  #force: ReturnType<typeof setTimeout> | undefined;

  constructor(child: Deno.ChildProcess) {
    this.#child = child;
  }

  stop(reason?: unknown): void {
    this.reason ??= reason;
    if (this.#force !== undefined) return;
    this.#kill("SIGTERM");
    this.#force = setTimeout(() => this.#kill("SIGKILL"), KILL_GRACE);
  }

  ended(): void {
    clearTimeout(this.#force);
  }

  #kill(signal: Deno.Signal): void {
    try {
      this.#child.kill(signal);
    } catch {
      // It has ended by itself.
    }
  }
}

function tooSlow(seconds: number): Failure {
  return new Failure("timed out", `op did not answer within ${seconds} s`, [
    "run the same command again and approve it in 1Password",
    "to wait longer, set CLAUDE_KEY_TIMEOUT",
  ]);
}

function spawn(args: readonly string[], withheld: readonly string[]): Deno.ChildProcess {
  const emptied = Object.fromEntries(withheld.map((name) => [name, ""]));
  for (const namesIn of [commonNames, oddNames]) {
    try {
      return start(args, emptied);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotCapable)) throw error;
      const list = refusedVariables(error.message);
      if (list === undefined) throw strangeOp();
      for (const name of namesIn(list)) emptied[name] = "";
    }
  }
  return start(args, emptied);
}

/** Deno settles at the start which `op` may be run, and looks for it again when it is run. */
function strangeOp(): Failure {
  return new Failure("op missing", "op is not where it was found when claude-key started", [
    `write the folders of PATH as absolute paths, then see which op there is: ${
      findProgramCommand("op")
    }`,
  ]);
}

function start(args: readonly string[], env: Record<string, string>): Deno.ChildProcess {
  try {
    return new Deno.Command("op", {
      args: [...args],
      // Deno would enter the current folder, which may be closed to us or gone. `op` needs none.
      ...(!WINDOWS && { cwd: "/" }),
      env,
      stdin: Deno.stdin.isTerminal() ? "inherit" : "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) throw error;
    if (error instanceof Deno.errors.NotFound) {
      throw missing("op, the 1Password CLI, is in no folder of PATH");
    }
    throw missing(`op cannot be run: ${(error as Error).message}`);
  }
}

/**
 * Deno refuses to start a program while a variable is set that makes a loader run foreign code, and
 * its message lists them: «… subprocess with LD_A, DYLD_B environment variables» [Deno 2.9].
 *
 * @param message The message of the refusal.
 * @returns The list, if that is what it is about.
 */
function refusedVariables(message: string): string | undefined {
  return /subprocess with (.+) environment variables?\./s.exec(message)?.[1];
}

function commonNames(list: string): string[] {
  return list.split(SEPARATOR);
}

/** A name may have the separator in it: every run of parts is one. A variable too many is harmless. */
function oddNames(list: string): string[] {
  const parts = commonNames(list);
  return parts.flatMap((_, start) =>
    parts.slice(start).map((_, length) => parts.slice(start, start + length + 1).join(SEPARATOR))
  ).filter((name) => name !== "");
}

const SEPARATOR = ", ";

function missing(message: string): Failure {
  const how: Partial<Record<typeof Deno.build.os, string>> = {
    darwin: "install it: brew install 1password-cli",
    windows: "install it: winget install AgileBits.1Password.CLI",
  };
  return new Failure("op missing", message, [
    how[Deno.build.os] ?? "install it: https://developer.1password.com/docs/cli/get-started",
    "then see that it works: op --version",
    `or its folder is missing from PATH: op usually is in ${
      USUAL_FOLDERS[Deno.build.os] ?? "/usr/bin"
    }`,
    ...(Deno.build.os === "linux" ? [`or you are in WSL and have op.exe: ${LINK_OF_WSL}`] : []),
  ]);
}

/** Where the installers of 1Password put it; what a desktop starts may have a shorter PATH. */
const USUAL_FOLDERS: Partial<Record<typeof Deno.build.os, string>> = {
  darwin: "/opt/homebrew/bin, /usr/local/bin or ~/.local/bin",
  linux: "/usr/bin, /usr/local/bin or ~/.local/bin",
  windows: String.raw`%LOCALAPPDATA%\Microsoft\WinGet\Links`,
};

/** A link of the name that is looked for serves; what is printed ends in CRLF then. */
const LINK_OF_WSL = 'sudo ln -s "$(command -v op.exe)" /usr/local/bin/op';

async function follow(
  stream: ReadableStream<Uint8Array>,
  closing: AbortSignal,
  take: (chunk: Uint8Array) => void,
): Promise<void> {
  const reader = stream.getReader();
  closing.addEventListener("abort", () => void reader.cancel());
  while (true) {
    const { done, value } = await reader.read();
    if (done) return;
    take(value);
  }
}

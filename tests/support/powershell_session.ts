/**
 * A PowerShell that stays open, as it takes most of a second to start.
 *
 * @module
 */

import { until, within } from "./deadline.ts";
import type { Run } from "./terminal.ts";

const [BEGIN, END] = ["-- begin --", "-- end --"];

/** What the session is given. */
interface Surroundings {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** A file to write scripts into. */
  readonly script: string;
}

/** The session. */
export class PowerShellSession implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #keyboard: WritableStreamDefaultWriter<Uint8Array>;
  readonly #script: string;
  readonly #watched: readonly Promise<void>[];
  #stdout = "";
  #stderr = "";

  /**
   * Opens it.
   *
   * @param shell The PowerShell, `pwsh` or `powershell`.
   * @param surroundings What it is given.
   */
  constructor(shell: string, { args, script, ...others }: Surroundings) {
    this.#script = script;
    this.#child = new Deno.Command(shell, {
      args: [...args, "-Command", "-"],
      ...others,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#keyboard = this.#child.stdin.getWriter();
    this.#watched = [
      watch(this.#child.stdout, (text) => this.#stdout += text),
      watch(this.#child.stderr, (text) => this.#stderr += text),
    ];
  }

  /**
   * Types lines.
   *
   * @param lines What is typed.
   * @returns How it ended, with a status of 1 if the last line failed; of what went to stderr only
   * what the installer said.
   */
  async type(lines: string): Promise<Run> {
    this.#stdout = this.#stderr = "";
    Deno.writeTextFileSync(this.#script, `[Console]::Out.WriteLine('${BEGIN}')\n${lines}\n`);
    // An error ends the script that it happens in, and no more.
    const typed = [
      `. '${this.#script}'`,
      `$status = [int] (-not $?)`,
      `[Console]::Error.WriteLine('${END}'); [Console]::Out.WriteLine("${END} $status")`,
    ];
    await this.#keyboard.write(new TextEncoder().encode(`${typed.join("\n")}\n`));
    await until("the lines are done", () => {
      return this.#stderr.includes(END) && / \d\r?\n/.test(this.#stdout.split(END)[1] ?? "");
    }, 30_000);
    const [printed = "", status] = this.#stdout.replaceAll("\r\n", "\n").split(END);
    return {
      stdout: printed.slice(printed.indexOf(BEGIN) + BEGIN.length + 1),
      stderr: installerWords(this.#stderr),
      status: Number(status),
    };
  }

  /** Closes it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#keyboard.close();
    await within("PowerShell ends", this.#child.status);
    await Promise.all(this.#watched);
  }
}

/**
 * Finds what the installer said among all that went to stderr.
 *
 * @param stderr All of it.
 * @returns Its lines.
 */
export function installerWords(stderr: string): string {
  return stderr.split(/\r?\n/).filter((line) => line.startsWith("claude-key: ")).join("\n");
}

async function watch(
  stream: ReadableStream<Uint8Array>,
  take: (text: string) => void,
): Promise<void> {
  const decoder = new TextDecoder();
  for await (const chunk of stream) take(decoder.decode(chunk, { stream: true }));
}

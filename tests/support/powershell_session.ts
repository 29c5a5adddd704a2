/**
 * A PowerShell that many sessions share: it takes most of a second to start, and a session in it
 * next to nothing.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { orKilled } from "./deadline.ts";
import { FLAGS, QUIET } from "./powershell_machine.ts";
import type { Run } from "./terminal.ts";

const HOST = fileURLToPath(new URL("probes/powershell_host.ps1", import.meta.url));

/** The PowerShell, a process. */
export class PowerShell implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #keyboard: WritableStreamDefaultWriter<Uint8Array>;
  readonly #screen: ReadableStreamDefaultReader<Uint8Array>;
  #sessions = 0;

  /**
   * Starts it.
   *
   * @param shell Which one, `pwsh` or `powershell`.
   * @param env Variables of the process, for what reads them before a session can set them.
   */
  constructor(shell: string, env: Readonly<Record<string, string>> = {}) {
    this.#child = new Deno.Command(shell, {
      args: [...FLAGS, "-File", HOST],
      env: { ...QUIET, ...env },
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    this.#keyboard = this.#child.stdin.getWriter();
    this.#screen = this.#child.stdout.getReader();
  }

  /**
   * Opens a session in which nothing has been typed.
   *
   * @param env Variables that it has.
   * @returns The session.
   */
  open(env: Readonly<Record<string, string>> = {}): PowerShellSession {
    const session = ++this.#sessions;
    return {
      type: async (lines) => {
        const told = `${JSON.stringify({ session, env, lines })}\n`;
        await this.#keyboard.write(new TextEncoder().encode(told));
        const answer = orKilled(`PowerShell has done ${lines}`, this.#child, this.#line());
        const { stdout, stderr, status } = JSON.parse(await answer);
        return {
          stdout: stdout.replaceAll("\r\n", "\n"),
          stderr: installerWords(stderr),
          status,
        };
      },
    };
  }

  /** Ends it, and every session with it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#keyboard.close();
    await this.#screen.cancel();
    await orKilled("PowerShell ends", this.#child, this.#child.status);
  }

  async #line(): Promise<string> {
    const decoder = new TextDecoder();
    let line = "";
    while (!line.endsWith("\n")) {
      const { value, done } = await this.#screen.read();
      if (done) throw new Error("PowerShell has ended");
      line += decoder.decode(value, { stream: true });
    }
    return line;
  }
}

/** A session, for lines that may follow one another. */
export interface PowerShellSession {
  /**
   * Types lines.
   *
   * @param lines What is typed.
   * @returns How it ended, with a status of 1 if the last line failed; of what went to stderr only
   * what the installer said.
   */
  readonly type: (lines: string) => Promise<Run>;
}

/** Finds what the installer said among all that went to stderr. */
function installerWords(stderr: string): string {
  return stderr.split(/\r?\n/).filter((line) => line.startsWith("claude-key: ")).join("\n");
}

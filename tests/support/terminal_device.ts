/**
 * claude-key at a real terminal device, with `script` from util-linux.
 *
 * @module
 */

import { orKilled, within } from "./deadline.ts";
import { join } from "./join.ts";
import { program } from "./program.ts";
import type { Terminal } from "./terminal.ts";

/** What a terminal shows while 1Password is waited for. */
export const NOTICE = "claude-key: waiting for 1Password …";

/** What takes it away again, with the `^C` that a terminal may have shown behind it. */
export const ERASED = `\r${" ".repeat(NOTICE.length + "^C".length)}\r`;

/**
 * Leaves out the notice that came and went, as it does where a quick `op` is a slow one, under load.
 *
 * @param screen What a terminal has shown.
 * @returns All the rest.
 */
export function withoutNotice(screen: string): string {
  return screen.replaceAll(NOTICE + ERASED, "");
}

/** A run of claude-key whose stdin and stderr are a terminal device, and whose stdout is a file. */
export class TerminalDevice {
  /** Everything that the terminal has shown. */
  screen = "";
  readonly #child: Deno.ChildProcess;
  readonly #keyboard: WritableStreamDefaultWriter<Uint8Array>;
  readonly #stdout: string;
  readonly #shown: Promise<void>;

  /**
   * Starts claude-key.
   *
   * @param terminal The home to run it in.
   * @param args Its arguments.
   * @param env Variables of the environment.
   */
  constructor(terminal: Terminal, args: readonly string[], env: Record<string, string> = {}) {
    const chosen = program();
    this.#stdout = join(terminal.root, "stdout");
    const line = [chosen.command, ...chosen.args, ...args].map(shellWord).join(" ");
    const script = ["-qefc", `exec ${line} >${shellWord(this.#stdout)}`, "/dev/null"];
    this.#child = terminal.command(script, {
      env,
      program: { command: "script", args: [], env: chosen.env },
      stdin: "piped",
    }).spawn();
    this.#keyboard = this.#child.stdin.getWriter();
    this.#shown = this.#watch();
  }

  /** What claude-key has printed so far. */
  get stdout(): string {
    return Deno.readTextFileSync(this.#stdout);
  }

  /** Types keys, `\x03` for Ctrl-C. */
  async type(keys: string): Promise<void> {
    await this.#keyboard.write(new TextEncoder().encode(keys));
  }

  /** Takes the terminal away, as when its window is closed. */
  hangUp(): void {
    this.#child.kill("SIGKILL");
  }

  /** Waits for the end, and returns the status. */
  async ended(): Promise<number> {
    const { code } = await orKilled("claude-key ends", this.#child, this.#child.status);
    await this.#keyboard.close().catch(() => {});
    await within("the terminal is closed", this.#shown);
    await this.#child.stderr.cancel();
    return code;
  }

  async #watch(): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of this.#child.stdout) {
      this.screen += decoder.decode(chunk, { stream: true });
    }
  }
}

function shellWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

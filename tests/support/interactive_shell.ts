/**
 * Types in real shells under a pseudo-terminal, with the real claude-key on the path and a stand-in
 * for `claude` that notes its arguments and its environment.
 *
 * @module
 */

import { STARTUP_LINES } from "../../lib/integration/startup_lines.ts";
import * as fish from "../../lib/shells/fish.ts";
import * as pwsh from "../../lib/shells/pwsh.ts";
import * as posix from "../../lib/text/posix_quote.ts";
import { until } from "./deadline.ts";
import { writeExecutable } from "./executable.ts";
import { POWERSHELL_ENV } from "./powershell_script.ts";
import { program } from "./program.ts";
import { pathOf } from "./real_shells.ts";
import { NO_POSIX_SHELL } from "./skips.ts";
import type { Terminal } from "./terminal.ts";

/** A shell that people type in. */
export interface TypedShell {
  /** Its name, which is its program's as well. */
  readonly shell: "bash" | "zsh" | "fish" | "pwsh";
  /** Variables that it has beside those of the terminal. */
  readonly env?: Readonly<Record<string, string>>;
  /** Its arguments, given the path of a start-up file. */
  readonly args: (startupFile: string) => readonly string[];
  /** The name of that file, below the home folder. */
  readonly startupFile: string;
  /** A folder below the home folder that the shell would take its time to fill. */
  readonly folder?: string;
  /** What the file says before the line of claude-key. */
  readonly before: string;
  /** Writes a word that stands for any text. */
  readonly quote: (text: string) => string;
  /** How the status of the last command is written. */
  readonly status: string;
  /** A command that shows every variable, and one that shows those which are exported. */
  readonly variables: readonly string[];
}

/** The shells that are tested by typing, where there are such. */
export const TYPED_SHELLS: readonly TypedShell[] = NO_POSIX_SHELL ? [] : [
  {
    shell: "bash",
    args: (file) => ["--noprofile", "--rcfile", file, "-i"],
    startupFile: ".bashrc",
    before: "PS1='ready> '; alias claude='echo an alias'",
    quote: posix.quote,
    status: "$?",
    variables: ["set", "declare -p", "export -p"],
  },
  {
    shell: "zsh",
    args: () => ["-d", "-i"],
    startupFile: ".zshrc",
    before: "PS1='ready> '; alias claude='echo an alias'",
    quote: posix.quote,
    status: "$?",
    variables: ["set", "typeset -p", "export -p"],
  },
  {
    shell: "fish",
    args: () => ["-i"],
    startupFile: ".config/fish/config.fish",
    // Where it is missing, fish reads every manual page of the machine in the background.
    folder: ".local/share/fish/generated_completions",
    before: "function fish_prompt; echo 'ready> '; end; alias claude 'echo an alias'",
    quote: fish.quote,
    status: "$status",
    variables: ["set", "set --show", "set -x"],
  },
];

/** PowerShell, which has no jobs that go on when they are stopped. */
export const POWERSHELL: TypedShell = {
  shell: "pwsh",
  args: () => ["-NoLogo"],
  env: POWERSHELL_ENV,
  startupFile: ".config/powershell/Microsoft.PowerShell_profile.ps1",
  before: "Set-PSReadLineOption -PredictionSource None; Set-Alias claude Get-Date\n" +
    "function prompt { 'ready> ' }",
  quote: pwsh.quote,
  status: "$LASTEXITCODE",
  variables: [
    "Get-Variable | Out-String -Width 9999",
    "Get-Variable -ValueOnly | Out-String -Width 9999",
    "$Error | Out-String",
  ],
};

/** Notes what it is given, then does what its first argument says. */
const CLAUDE = `#!/bin/sh
at_terminal=no
[ -t 0 ] && [ -t 1 ] && at_terminal=yes
env -0 AT_TERMINAL=$at_terminal >"$HOME/claude.env"
for argument; do printf '%s\\0' "$argument"; done >"$HOME/claude.args"
case \${1-} in
  exit) exit "$2" ;;
  interrupt) kill -INT "$PPID" ;;
  wait)
    trap 'exit 9' INT
    >"$HOME/claude.waits"
    while [ ! -e "$HOME/go-on" ]; do sleep 0.02; done
    rm "$HOME/go-on"
    ;;
esac
`;

/** Puts the stand-in for `claude` on the path of a terminal. */
export function installClaude(terminal: Terminal): void {
  writeExecutable(`${terminal.bin}/claude`, CLAUDE);
}

/** Puts the program under test on the path of a terminal, as `claude-key`. */
export function installClaudeKey(terminal: Terminal): void {
  const { command, args, env } = program();
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const words = ["env", ...variables, command, ...args].map(posix.quote).join(" ");
  const text = `#!/bin/sh\nexec ${words} "$@"\n`;
  writeExecutable(`${terminal.bin}/claude-key`, text);
}

/** A shell in a terminal of tmux, whose start-up file has the line of claude-key. */
export class InteractiveShell implements AsyncDisposable {
  readonly #terminal: Terminal;
  readonly #shell: TypedShell;
  readonly #socket: string;
  #process = "";

  private constructor(terminal: Terminal, shell: TypedShell) {
    this.#terminal = terminal;
    this.#shell = shell;
    this.#socket = `${terminal.root}/tmux`;
  }

  /**
   * Starts a shell.
   *
   * @param terminal Its home and its path.
   * @param shell Which shell.
   * @returns The shell.
   */
  static start(terminal: Terminal, shell: TypedShell): InteractiveShell {
    const file = `${terminal.home}/${shell.startupFile}`;
    Deno.mkdirSync(file.slice(0, file.lastIndexOf("/")), { recursive: true });
    Deno.writeTextFileSync(file, `${shell.before}\n${STARTUP_LINES[shell.shell].line}\n`);
    if (shell.folder !== undefined) {
      Deno.mkdirSync(`${terminal.home}/${shell.folder}`, { recursive: true });
    }
    installClaude(terminal);
    installClaudeKey(terminal);
    const started = new InteractiveShell(terminal, shell);
    const variables = { ...terminal.env, TERM: "screen", SHELL: "/bin/sh", LC_ALL: "C.UTF-8" };
    const env = Object.entries({ ...variables, ...shell.env })
      .map(([name, value]) => `${name}=${value}`);
    const command = ["env", "-i", ...env, pathOf(shell.shell) ?? "", ...shell.args(file)];
    started.#tmux(
      "new-session",
      "-d",
      "-x",
      "200",
      "-y",
      "50",
      "-c",
      terminal.home,
      ...command,
    );
    started.#process = started.#tmux("display-message", "-p", "#{pane_pid}").trim();
    return started;
  }

  /** Ends the shell, at once so that it writes no history, and the terminal with it. */
  async [Symbol.asyncDispose](): Promise<void> {
    const kill = (signal: string): boolean =>
      new Deno.Command("kill", { args: [signal, this.#process], stderr: "null" })
        .outputSync().success;
    kill("-KILL");
    // Only tmux takes notice of the end: without it the shell would stay as a zombie.
    await until("the shell ends", () => !kill("-0"));
    this.#tmux("kill-server");
  }

  /** Types a line, when the shell is ready for it. */
  async type(line: string): Promise<void> {
    await this.#until("there is a prompt", () => this.#isReady());
    this.#tmux("send-keys", "-l", line);
    await this.#until("what is typed appears", () => !this.#isReady());
    this.press("Enter");
  }

  /** Presses a key, by its name in tmux. */
  press(key: string): void {
    this.#tmux("send-keys", key);
  }

  /** The status of the last command, once it has ended. */
  async status(): Promise<number> {
    const file = `${this.#terminal.home}/status`;
    await this.type(`echo ${this.#shell.status} >${file}`);
    await this.#until("there is a status", () => read(file).endsWith("\n"));
    const status = Number(read(file));
    Deno.removeSync(file);
    return status;
  }

  /** Whether a text is in any variable of the shell, or in the environment of its programs. */
  async mentions(text: string): Promise<boolean> {
    const file = `${this.#terminal.home}/mentions`;
    Deno.writeTextFileSync(file, "");
    for (const command of [...this.#shell.variables, "env"]) {
      await this.type(`${command} >>${file}`);
    }
    await this.status();
    if (!read(file).includes("PATH")) throw new Error("no variables at all");
    return read(file).includes(text);
  }

  async #until(what: string, condition: () => boolean): Promise<void> {
    try {
      await until(what, condition);
    } catch (cause) {
      throw new Error(`the screen shows\n${this.#tmux("capture-pane", "-p").trim()}`, { cause });
    }
  }

  /** Whether the last line on the screen is a prompt with nothing behind it. */
  #isReady(): boolean {
    return this.#tmux("capture-pane", "-p").trimEnd().endsWith("ready>");
  }

  #tmux(...args: string[]): string {
    const { stdout } = new Deno.Command("tmux", {
      args: ["-f", "/dev/null", "-S", this.#socket, ...args],
    }).outputSync();
    return new TextDecoder().decode(stdout);
  }
}

/** What `claude` was started with. */
export interface Started {
  readonly args: readonly string[];
  readonly env: ReadonlyMap<string, string>;
}

/**
 * Reads what the stand-in noted, and forgets it.
 *
 * @param terminal The terminal that it ran in.
 * @returns Its arguments and environment, or `undefined` if it was not started.
 */
export function takeStarted(terminal: Terminal): Started | undefined {
  const file = `${terminal.home}/claude.args`;
  if (!exists(file)) return undefined;
  const entries = read(`${terminal.home}/claude.env`).split("\0");
  const args = read(file).split("\0").slice(0, -1);
  Deno.removeSync(file);
  return {
    args,
    env: new Map(entries.map((entry) => {
      const equals = entry.indexOf("=");
      return [entry.slice(0, equals), entry.slice(equals + 1)];
    })),
  };
}

/** Waits until the stand-in waits, told to by its first argument. */
export async function untilClaudeWaits(terminal: Terminal): Promise<void> {
  const file = `${terminal.home}/claude.waits`;
  await until("claude waits", () => exists(file));
  Deno.removeSync(file);
}

/** Lets the stand-in go on, and waits until it does. */
export async function goOn(terminal: Terminal): Promise<void> {
  const file = `${terminal.home}/go-on`;
  Deno.writeTextFileSync(file, "");
  await until("claude goes on", () => !exists(file));
}

function exists(path: string): boolean {
  return read(path, "\0") !== "\0";
}

function read(path: string, otherwise = ""): string {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return otherwise;
    throw error;
  }
}

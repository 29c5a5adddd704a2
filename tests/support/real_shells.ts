/**
 * Runs the lines that users type in real shells, against a stand-in `claude-key` that prints a
 * prepared text and a stand-in `claude` that notes its environment.
 *
 * @module
 */

import type { Shell } from "../../lib/shells/names.ts";
import { outputOf } from "./deadline.ts";
import { writeExecutable } from "./executable.ts";
import { quote } from "../../lib/text/posix_quote.ts";
import { program as claudeKey } from "./program.ts";
import { NO_POSIX_SHELL, NO_POWERSHELL_IN_WINE } from "./skips.ts";

/** A shell that may be installed here. */
export interface RealShell {
  /** What the tests call it. */
  readonly title: string;
  /** The program, looked up on PATH. */
  readonly program: string;
  /** Its arguments; the line to run follows them. */
  readonly args: readonly string[];
  /** The dialect it is given. */
  readonly shell: Shell;
  /** What is typed before, to choose options that change the meaning of quotes. */
  readonly before?: string;
  /** How a program is run before the line, if not by its name and a semicolon. */
  readonly first?: (program: string) => string;
  /** How much text it is given at once, in bytes. */
  readonly limit?: number;
  /** The line goes into a batch file, whose path follows the arguments. */
  readonly batchFile?: true;
}

const WINDOWS = Deno.build.os === "windows";

/** Every shell that the tests know, with the same dialect in several of them. */
const ALL: readonly RealShell[] = [
  { title: "bash", program: "bash", args: ["--norc", "--noprofile", "-c"], shell: "bash" },
  { title: "zsh", program: "zsh", args: ["-f", "-c"], shell: "zsh" },
  {
    title: "zsh with RC_QUOTES",
    program: "zsh",
    args: ["-f", "-o", "rcquotes", "-c"],
    shell: "zsh",
  },
  { title: "dash", program: "dash", args: ["-c"], shell: "posix" },
  { title: "ksh", program: "ksh", args: ["-c"], shell: "posix" },
  { title: "mksh", program: "mksh", args: ["-c"], shell: "posix" },
  { title: "yash", program: "yash", args: ["-c"], shell: "posix" },
  { title: "BusyBox sh", program: "busybox", args: ["sh", "-c"], shell: "posix" },
  { title: "fish", program: "fish", args: ["--no-config", "-c"], shell: "fish" },
  { title: "tcsh", program: "tcsh", args: ["-f", "-c"], shell: "csh", limit: 4_000 },
  {
    title: "tcsh with backslash_quote and other histchars",
    program: "tcsh",
    args: ["-f", "-c"],
    shell: "csh",
    before: "set backslash_quote histchars=',;'; ",
    limit: 4_000,
  },
  { title: "elvish", program: "elvish", args: ["-norc", "-c"], shell: "elvish" },
  { title: "nushell", program: "nu", args: ["-n", "-c"], shell: "nu" },
  {
    title: "xonsh",
    program: "xonsh",
    args: ["--no-rc", "-c"],
    shell: "xonsh",
    first: (program) => `$[${program}]; `,
  },
  {
    title: "PowerShell 7",
    program: "pwsh",
    args: ["-NoProfile", "-NonInteractive", "-Command"],
    shell: "pwsh",
    ...(WINDOWS && { limit: 30_000 }),
  },
  {
    title: "Windows PowerShell",
    program: "powershell",
    args: ["-NoProfile", "-NonInteractive", "-Command"],
    shell: "pwsh",
    limit: 30_000,
  },
  {
    title: "cmd",
    program: "cmd",
    args: ["/d", "/c"],
    shell: "cmd",
    limit: 30_000,
    batchFile: true,
  },
  {
    title: "cmd with delayed expansion",
    program: "cmd",
    args: ["/d", "/v:on", "/c"],
    shell: "cmd",
    limit: 30_000,
    batchFile: true,
  },
];

/** Those that can run the stand-ins on this system; not all of them are installed. */
export const REAL_SHELLS: readonly RealShell[] = ALL.filter(({ program, shell }) =>
  NO_POSIX_SHELL ? ["pwsh", "cmd", "nu"].includes(shell) : !["powershell", "cmd"].includes(program)
);

/** What `env -0` does, for Windows. */
const NOTE_ENVIRONMENT = `
const entries = Object.entries(Deno.env.toObject()).map((entry) => entry.join("="));
Deno.writeTextFileSync(Deno.args[0], entries.join("\\0"));
`;

const FOLDERS = (Deno.env.get("PATH") ?? "").split(WINDOWS ? ";" : ":");

/** The folders of PATH without those that have a `claude-key` of the user's. */
const PATH = FOLDERS.filter((folder) =>
  !["", ".exe", ".cmd"].some((end) => isFile(`${folder}/claude-key${end}`))
).join(WINDOWS ? ";" : ":");

/**
 * Whether a program is on PATH. Wine's PowerShell, which does nothing, does not count.
 *
 * @param program Its name, on Windows without `.exe`.
 */
export function isInstalled(program: string): boolean {
  if (WINDOWS && !PROGRAMS_OF_WINDOWS.includes(program)) return false;
  return pathOf(program) !== undefined && !(program === "powershell" && NO_POWERSHELL_IN_WINE);
}

/** What else is on PATH there came with Git, and takes other paths. */
const PROGRAMS_OF_WINDOWS = ["cmd", "powershell", "pwsh", "nu", "node", "ruby"];

/**
 * Finds a program on PATH.
 *
 * @param program Its name, on Windows without `.exe`.
 * @returns Its path, or `undefined` if it is not there.
 */
export function pathOf(program: string): string | undefined {
  return FOLDERS.map((folder) => `${folder}/${program}${WINDOWS ? ".exe" : ""}`).find(isFile);
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

/** How a line ended. */
export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The environment that `claude` was started with, if it was started. */
  readonly environment: ReadonlyMap<string, string> | undefined;
}

/** A temporary home with a `claude` of its own, and a `claude-key` once it is prepared. */
export class Terminal implements Disposable {
  readonly #home = Deno.makeTempDirSync({ prefix: "claude-key-shells-" });

  constructor() {
    Deno.mkdirSync(`${this.#home}/bin`);
    if (WINDOWS) {
      Deno.writeTextFileSync(`${this.#home}/note.ts`, NOTE_ENVIRONMENT);
      this.#program(
        "claude",
        `@"${Deno.execPath()}" run -A --no-config "%~dp0..\\note.ts" "%~dp0..\\environment"\r\n` +
          "@echo started\r\n",
      );
    } else {
      this.#program("claude", `env -0 > '${this.#home}/environment'\necho started\n`);
    }
  }

  /** What `claude-key` prints from now on, and the status it ends with. */
  prepare(text: string, status: number): void {
    Deno.writeTextFileSync(`${this.#home}/text`, text);
    this.#program(
      "claude-key",
      WINDOWS
        ? `@type "%~dp0..\\text"\r\n@exit /b ${status}\r\n`
        : `cat '${this.#home}/text'\nexit ${status}\n`,
    );
  }

  /** Makes `claude-key` the real one. */
  prepareReal(): void {
    const { command, args, env } = claudeKey();
    const words = ["env", ...Object.entries(env).map((pair) => pair.join("=")), command, ...args];
    this.#program("claude-key", `exec ${words.map(quote).join(" ")} "$@"\n`);
  }

  /** Types a line in a shell. */
  async type(line: string, shell: RealShell): Promise<Outcome> {
    return await this.#run(line, shell, this.#home);
  }

  /** Types a line in a shell whose current folder has just been removed. */
  async typeInRemovedFolder(line: string, shell: RealShell): Promise<Outcome> {
    const folder = `${this.#home}/removed`;
    Deno.mkdirSync(folder);
    this.#program("remove-folder", `rmdir '${folder}'\n`);
    const { first = (program): string => `${program}; ` } = shell;
    return await this.#run(first("remove-folder") + line, shell, folder);
  }

  async #run(line: string, shell: RealShell, cwd: string): Promise<Outcome> {
    const { program, args, before = "", batchFile } = shell;
    await Deno.remove(`${this.#home}/environment`).catch(() => {});
    const typed = batchFile === undefined ? before + line : `${this.#home}\\typed.cmd`;
    if (batchFile) await Deno.writeTextFile(typed, `@echo off\r\n${inBatchFile(line)}\r\n`);
    const { code, stdout, stderr } = await outputOf(program, {
      args: [...args, typed],
      clearEnv: true,
      env: this.#environment(),
      cwd,
    });
    const text = new TextDecoder();
    return {
      status: code,
      stdout: text.decode(stdout).replaceAll("\r\n", "\n"),
      stderr: text.decode(stderr),
      environment: await this.#noted(),
    };
  }

  #environment(): Record<string, string> {
    const home = this.#home;
    if (!WINDOWS) {
      return {
        PATH: `${home}/bin:${PATH}`,
        HOME: home,
        XDG_CACHE_HOME: home,
        XDG_CONFIG_HOME: home,
        XDG_DATA_HOME: home,
        LC_ALL: Deno.build.os === "darwin" ? "en_US.UTF-8" : "C.UTF-8",
      };
    }
    const system = ["ComSpec", "PATHEXT", "ProgramFiles", "SystemDrive", "SystemRoot", "windir"];
    return {
      ...Object.fromEntries(system.map((name) => [name, Deno.env.get(name) ?? ""])),
      PATH: `${home}\\bin;${PATH}`,
      USERPROFILE: home,
      APPDATA: home,
      LOCALAPPDATA: home,
      TEMP: home,
      TMP: home,
    };
  }

  async #noted(): Promise<Map<string, string> | undefined> {
    let bytes: Uint8Array;
    try {
      bytes = await Deno.readFile(`${this.#home}/environment`);
    } catch {
      return undefined;
    }
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return new Map(
      text.split("\0").map((entry) => {
        const equals = entry.indexOf("=");
        return [entry.slice(0, equals), entry.slice(equals + 1)];
      }),
    );
  }

  #program(name: string, text: string): void {
    const path = `${this.#home}/bin/${name}`;
    if (WINDOWS) Deno.writeTextFileSync(`${path}.cmd`, text);
    else writeExecutable(path, `#!/bin/sh\n${text}`);
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.#home, { recursive: true });
  }
}

/**
 * The form of a line for `cmd` that a batch file needs, where a loop's variable has two `%`.
 *
 * @param line A line of `EVALUATION_LINES.cmd`.
 * @returns The line for a batch file.
 */
export function inBatchFile(line: string): string {
  return line.replaceAll("%", "%%");
}

/**
 * A machine for the installer of Windows, with a real PowerShell of any system.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { join } from "../support/join.ts";
import type { PowerShell, PowerShellSession } from "./powershell_session.ts";
import type { ReleaseServer } from "./release_server.ts";
import type { Run } from "./terminal.ts";

/** The installer as it is in the checkout. */
export const INSTALLER = path("../../scripts/install.ps1");

/** Prints what a session holds. */
export const SESSION = path("probes/session.ps1");

/** What keeps a PowerShell from reading a profile and from asking. */
export const FLAGS = ["-NoLogo", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass"];

/** What has a PowerShell start sooner, say less and tell nobody. */
export const QUIET: Readonly<Record<string, string>> = {
  DOTNET_TieredPGO: "0",
  NO_COLOR: "1",
  POWERSHELL_TELEMETRY_OPTOUT: "1",
  POWERSHELL_UPDATECHECK: "Off",
};

const REGISTRY = path("probes/windows_registry.ps1");

function path(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

/**
 * The program in a release: on Windows anything that ends well when it is asked for its version, as
 * no other one is at hand.
 *
 * @param version Its version.
 * @returns The content of the program.
 */
export function programOf(version: string): Uint8Array<ArrayBuffer> {
  return Deno.build.os === "windows"
    ? Deno.readFileSync(Deno.execPath())
    : new TextEncoder().encode(`#!/bin/sh\necho "claude-key ${version}"\n`);
}

/** A user of Windows. Every folder has a name that is a pattern to whoever takes it for one. */
export class PowerShellMachine implements Disposable {
  readonly #root = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "claude-key-test-" }));
  readonly #shell: PowerShell;
  readonly #env: Readonly<Record<string, string>>;
  /** `%LOCALAPPDATA%`. */
  readonly data = join(this.#root, "[a-z] data");
  /** The folder for temporary files. */
  readonly temp = join(this.#root, "[a-z] temp");

  /**
   * Makes the machine.
   *
   * @param shell Its PowerShell.
   * @param server What the releases are downloaded from.
   */
  constructor(shell: PowerShell, server: ReleaseServer) {
    this.#shell = shell;
    for (const folder of [this.data, this.temp]) Deno.mkdirSync(folder);
    this.#env = {
      ...{ CLAUDE_KEY_RELEASES: server.url, LOCALAPPDATA: this.data, INSTALLER, SESSION },
      ...{ TEMP: this.temp, TMP: this.temp, TMPDIR: this.temp },
      ...{ PROCESSOR: "AMD64", REGISTRY: join(this.#root, "registry") },
    };
  }

  /** The user's PATH in the registry as its kind and its value, or nothing. */
  get path(): string | undefined {
    try {
      return Deno.readTextFileSync(join(this.#root, "registry")).trim().replaceAll("\r", "");
    } catch {
      return undefined;
    }
  }
  set path(value: string) {
    Deno.writeTextFileSync(join(this.#root, "registry"), value);
  }

  /** Every file below the user's folders, by its path from them. */
  get files(): string[] {
    return [...filesBelow(this.data), ...filesBelow(this.temp)]
      .map((file) => file.slice(this.#root.length + 1).replaceAll("\\", "/"))
      // PowerShell's own.
      .filter((file) => !/\/(clr-debug-pipe|dotnet-diagnostic|CoreFxPipe)[^/]*$/.test(file))
      .filter((file) => !/PSScriptPolicyTest|StartupProfileData|ModuleAnalysisCache/.test(file));
  }

  /** Removes what has been installed, and the user's PATH. */
  clear(): void {
    for (const { name } of Deno.readDirSync(this.data)) {
      Deno.removeSync(join(this.data, name), { recursive: true });
    }
    if (this.path !== undefined) Deno.removeSync(join(this.#root, "registry"));
  }

  /**
   * Types lines in a session of their own.
   *
   * @param lines What is typed.
   * @param env Variables beside those of the machine.
   * @returns How it ended; of what went to stderr only what the installer said.
   */
  async type(lines: string, env: Readonly<Record<string, string>> = {}): Promise<Run> {
    return await (await this.open(env)).type(lines);
  }

  /**
   * Opens a session for lines that may follow one another.
   *
   * @param env Variables beside those of the machine.
   * @returns The session.
   */
  async open(env: Readonly<Record<string, string>> = {}): Promise<PowerShellSession> {
    const session = this.#shell.open({ ...this.#env, ...env });
    await session.type(`Set-Location -LiteralPath $env:LOCALAPPDATA\n. '${REGISTRY}'`);
    return session;
  }

  /** Removes everything. */
  [Symbol.dispose](): void {
    Deno.removeSync(this.#root, { recursive: true });
  }
}

function filesBelow(folder: string): string[] {
  return Array.from(Deno.readDirSync(folder)).flatMap((entry) => {
    const file = join(folder, entry.name);
    return entry.isDirectory ? filesBelow(file) : [file];
  });
}

/**
 * A machine that has next to nothing, for the installer of Unix.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { assert } from "@std/assert";
import { join } from "../support/join.ts";
import { orKilled } from "./deadline.ts";
import { writeExecutable } from "./executable.ts";
import { HOST, ReleaseServer } from "./release_server.ts";
import type { Run } from "./terminal.ts";

/** The installer as it is in the checkout. */
export const INSTALLER = fileURLToPath(new URL("../../scripts/install.sh", import.meta.url));

/** What the installer may use, beside a shell and something that downloads. */
export const TOOLS = "awk chmod cp gzip mkdir mktemp mv rm rmdir sha256sum shasum tar uname"
  .split(" ");

/** The content of a program that is a shell script. */
export function script(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`#!/bin/sh\n${text}\n`);
}

/** A user's home, and a path with nothing on it but what is put there. */
export class Machine implements Disposable {
  /** The folder that holds everything. */
  readonly root = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "claude-key-test-" }));
  /** The user's home, where the installer is run. */
  readonly home = join(this.root, "home");
  /** The folder for temporary files. */
  readonly temp = join(this.root, "tmp");
  /** The only folder on the path. */
  readonly bin = join(this.root, "bin");
  /** What the releases are downloaded from. */
  readonly server: ReleaseServer;
  /** The shell that runs the installer. */
  readonly shell: string;

  /**
   * Makes the machine.
   *
   * @param server What the releases are downloaded from.
   * @param options The shell, and which of this machine's tools there are; `busybox` brings its own.
   */
  constructor(server: ReleaseServer, { shell = "dash", tools = ["curl", ...TOOLS] } = {}) {
    this.server = server;
    for (const folder of [this.home, this.temp, this.bin]) Deno.mkdirSync(folder);
    if (shell === "busybox") {
      const { success } = new Deno.Command("busybox", { args: ["--install", "-s", this.bin] })
        .outputSync();
      assert(success, "busybox --install");
      this.shell = join(this.bin, "sh");
    } else {
      for (const tool of [...tools, shell]) this.link(tool);
      this.shell = join(this.bin, shell);
    }
  }

  /** Removes everything. */
  [Symbol.dispose](): void {
    Deno.removeSync(this.root, { recursive: true });
  }

  /**
   * Prepares the installer.
   *
   * @param args Its arguments.
   * @param env Variables that it has beside those of the machine.
   * @param installer Its file; the one of the checkout if nothing is said.
   * @returns What starts it.
   */
  command(
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
    installer = INSTALLER,
  ): Deno.Command {
    return new Deno.Command(this.shell, {
      args: [installer, ...args],
      clearEnv: true,
      env: {
        HOME: this.home,
        PATH: this.bin,
        TMPDIR: this.temp,
        SHELL: "/bin/zsh",
        CLAUDE_KEY_RELEASES: this.server.url,
        ...env,
      },
      cwd: this.home,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    });
  }

  /**
   * Runs the installer.
   *
   * @param args Its arguments.
   * @param env Variables that it has beside those of the machine.
   * @param installer Its file; the one of the checkout if nothing is said.
   * @returns How it ended.
   */
  async install(
    args: readonly string[] = [],
    env: Readonly<Record<string, string>> = {},
    installer = INSTALLER,
  ): Promise<Run> {
    const child = this.command(args, env, installer).spawn();
    const { stdout, stderr, code } = await orKilled("install.sh ends", child, child.output());
    const decoder = new TextDecoder();
    return { stdout: decoder.decode(stdout), stderr: decoder.decode(stderr), status: code };
  }

  /** Puts a program on the path. */
  pretend(name: string, text: string): void {
    this.lose(name);
    writeExecutable(join(this.bin, name), new TextDecoder().decode(script(text)));
  }

  /** Takes a program from the path. */
  lose(name: string): void {
    try {
      Deno.removeSync(join(this.bin, name));
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }

  /** Everything below home and the temp folder, folders aside. */
  get files(): string[] {
    return [...filesBelow(this.home), ...filesBelow(this.temp)]
      .map((path) => path.slice(this.root.length + 1)).sort();
  }

  /** Puts a tool of this machine on the path, if there is one, perhaps by another name. */
  link(tool: string, name = tool): void {
    const found = (Deno.env.get("PATH") ?? "").split(":").map((folder) => join(folder, tool))
      .find((path) => {
        try {
          return Deno.statSync(path).isFile;
        } catch {
          return false;
        }
      });
    if (found !== undefined) Deno.symlinkSync(found, join(this.bin, name));
  }
}

function filesBelow(folder: string): string[] {
  return Array.from(Deno.readDirSync(folder)).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory ? [...filesBelow(path), path] : [path];
  });
}

/** A server with some releases. */
export async function serverWith(...versions: string[]): Promise<ReleaseServer> {
  const server = new ReleaseServer();
  for (const version of versions) await publish(server, version);
  return server;
}

/** Publishes a release whose program says its version and nothing else. */
export async function publish(server: ReleaseServer, version: string): Promise<void> {
  await server.publish(version, script(`echo "claude-key ${version}"`));
}

/** The name of an archive for this machine. */
export function archiveOf(version: string): string {
  return `claude-key-${version}-${HOST.label}.tar.gz`;
}

import { fileURLToPath } from "node:url";
import { assert, assertEquals } from "@std/assert";
import { join } from "../support/join.ts";
import { isInstalled } from "../support/real_shells.ts";
import { HOST, ReleaseServer } from "../support/release_server.ts";
import { type Run, until } from "../support/terminal.ts";

const INSTALLER = fileURLToPath(new URL("../../scripts/install.sh", import.meta.url));

/** What the installer may use, beside a shell and something that downloads. */
const TOOLS = "awk chmod cp gzip mkdir mktemp mv rm rmdir sha256sum shasum tar uname"
  .split(" ");

const POSIX = Deno.build.os !== "windows";

function script(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`#!/bin/sh\n${text}\n`);
}

/** A user's home, and a path with nothing on it but what is put there. */
class Machine {
  readonly root = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "claude-key-test-" }));
  readonly home = join(this.root, "home");
  readonly temp = join(this.root, "tmp");
  readonly bin = join(this.root, "bin");
  readonly server: ReleaseServer;
  readonly shell: string;

  constructor(server: ReleaseServer, { shell = "dash", tools = ["curl", ...TOOLS] } = {}) {
    this.server = server;
    for (const folder of [this.home, this.temp, this.bin]) Deno.mkdirSync(folder);
    if (shell === "busybox") {
      const { success } = new Deno.Command("busybox", { args: ["--install", "-s", this.bin] })
        .outputSync();
      assert(success, "busybox --install");
      this.shell = join(this.bin, "sh");
    } else {
      for (const tool of [...tools, shell]) this.#link(tool);
      this.shell = join(this.bin, shell);
    }
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.root, { recursive: true });
  }

  command(args: readonly string[], env: Readonly<Record<string, string>> = {}): Deno.Command {
    return new Deno.Command(this.shell, {
      args: [INSTALLER, ...args],
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

  async install(
    args: readonly string[] = [],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Run> {
    const { stdout, stderr, code } = await this.command(args, env).output();
    const decoder = new TextDecoder();
    return { stdout: decoder.decode(stdout), stderr: decoder.decode(stderr), status: code };
  }

  /** Puts a program on the path. */
  pretend(name: string, text: string): void {
    this.lose(name);
    Deno.writeFileSync(join(this.bin, name), script(text), { mode: 0o755 });
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

  #link(tool: string): void {
    const found = (Deno.env.get("PATH") ?? "").split(":").map((folder) => join(folder, tool))
      .find((path) => {
        try {
          return Deno.statSync(path).isFile;
        } catch {
          return false;
        }
      });
    if (found !== undefined) Deno.symlinkSync(found, join(this.bin, tool));
  }
}

function filesBelow(folder: string): string[] {
  return Array.from(Deno.readDirSync(folder)).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory ? [...filesBelow(path), path] : [path];
  });
}

async function serverWith(...versions: string[]): Promise<ReleaseServer> {
  const server = new ReleaseServer();
  for (const version of versions) {
    await server.publish(version, script(`echo "claude-key ${version}"`));
  }
  return server;
}

function archiveOf(version: string): string {
  return `claude-key-${version}-${HOST.label}.tar.gz`;
}

for (
  const { title, shell, tools, needs } of [
    { title: "dash and curl", shell: "dash", tools: ["curl", ...TOOLS], needs: ["dash", "curl"] },
    { title: "dash and wget", shell: "dash", tools: ["wget", ...TOOLS], needs: ["dash", "wget"] },
    { title: "bash and curl", shell: "bash", tools: ["curl", ...TOOLS], needs: ["bash", "curl"] },
    { title: "BusyBox and nothing else", shell: "busybox", tools: [], needs: ["busybox"] },
  ]
) {
  Deno.test({
    name: `install.sh installs, upgrades and refuses with ${title}`,
    ignore: !POSIX || !needs.every(isInstalled),
    fn: async () => {
      await using server = await serverWith("1.0.0");
      using machine = new Machine(server, { shell, tools });
      const program = join(machine.home, ".local/bin/claude-key");
      const folder = join(machine.home, ".local/bin");

      assertEquals(await machine.install(), {
        stdout: "",
        stderr: [
          `claude-key: downloading ${archiveOf("1.0.0")}`,
          `claude-key: installed claude-key 1.0.0 as ${program}`,
          `claude-key: hint: ${folder} is not on the path; to add it, type:`,
          `claude-key: hint:   echo 'export PATH="${folder}:$PATH"' >> ~/.zshrc`,
          "",
        ].join("\n"),
        status: 0,
      });

      await server.publish("1.1.0", script('echo "claude-key 1.1.0"'));
      const onPath = { PATH: `${machine.bin}:${folder}` };
      assertEquals(await machine.install([], onPath), {
        stdout: "",
        stderr: [
          `claude-key: downloading ${archiveOf("1.1.0")}`,
          `claude-key: upgraded claude-key 1.0.0 to 1.1.0 as ${program}`,
          "",
        ].join("\n"),
        status: 0,
      });

      await server.publish("1.2.0", script('echo "claude-key 1.2.0"'));
      server.delivery = "corrupted";
      const refused = await machine.install([], onPath);
      assert(
        refused.stderr.includes(
          `claude-key: error: ${archiveOf("1.2.0")} does not have its checksum; ` +
            "it was not installed\nclaude-key: hint: expected ",
        ),
        refused.stderr,
      );
      assertEquals({ ...refused, stderr: "" }, { stdout: "", stderr: "", status: 1 });

      assertEquals(new TextDecoder().decode(Deno.readFileSync(program)).includes("1.1.0"), true);
      assertEquals((Deno.statSync(program).mode ?? 0) & 0o777, 0o755);
      assertEquals(machine.files, ["home/.local", "home/.local/bin", "home/.local/bin/claude-key"]);
    },
  });
}

for (const tool of ["curl", "wget"]) {
  for (
    const { delivery, error } of [
      { delivery: "corrupted", error: "does not have its checksum; it was not installed" },
      { delivery: "truncated", error: "does not have its checksum; it was not installed" },
      { delivery: "broken off", error: "cannot be downloaded" },
      { delivery: "missing", error: "cannot be downloaded" },
    ] as const
  ) {
    Deno.test({
      name: `install.sh with ${tool} leaves nothing of a ${delivery} download`,
      ignore: !POSIX || !isInstalled("dash") || !isInstalled(tool),
      fn: async () => {
        await using server = await serverWith("1.0.0");
        using machine = new Machine(server, { tools: [tool, ...TOOLS] });
        server.delivery = delivery;
        const { stdout, stderr, status } = await machine.install();
        assert(stderr.includes(`claude-key: error: ${archiveOf("1.0.0")} ${error}\n`), stderr);
        assertEquals({ stdout, status }, { stdout: "", status: 1 });
        assertEquals(machine.files, []);
      },
    });
  }
}

const needsCurl = { ignore: !POSIX || !isInstalled("dash") || !isInstalled("curl") };

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  Deno.test({
    ...needsCurl,
    name: `install.sh leaves nothing when ${signal} interrupts the download`,
    fn: async () => {
      await using server = await serverWith("1.0.0");
      using machine = new Machine(server);
      server.delivery = "held";
      const process = machine.command([]).spawn();
      await until("the archive is asked for", () => server.asked > 0);
      process.kill(signal);
      const { code } = await process.status;
      await server[Symbol.asyncDispose]();
      assertEquals(code, { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }[signal]);
      assertEquals(await process.stdout.text(), "");
      assertEquals(
        await process.stderr.text(),
        `claude-key: downloading ${archiveOf("1.0.0")}\n`,
      );
      assertEquals(machine.files, []);
    },
  });
}

Deno.test({
  ...needsCurl,
  name: "install.sh installs the version that is asked for, where it is asked to",
  fn: async () => {
    await using server = await serverWith("1.0.0", "2.0.0-beta.1", "3.0.0");
    using machine = new Machine(server);
    const { stderr, status } = await machine.install(["--version=v2.0.0-beta.1", "--to", "a b"]);
    const program = join(machine.home, "a b/claude-key");
    assert(stderr.includes(`: installed claude-key 2.0.0-beta.1 as ${program}\n`), stderr);
    assertEquals(status, 0);
    assertEquals(machine.files, ["home/a b", "home/a b/claude-key"]);
  },
});

Deno.test({
  ...needsCurl,
  name: "install.sh says that there is no such release",
  fn: async () => {
    await using server = await serverWith("1.0.0");
    using machine = new Machine(server);
    const { stdout, stderr, status } = await machine.install(["--version", "9.9.9"]);
    assert(
      stderr.endsWith(
        `claude-key: error: release 9.9.9 cannot be downloaded from ${server.url}\n` +
          `claude-key: hint: see which releases there are: ${server.url}\n`,
      ),
      stderr,
    );
    assertEquals({ stdout, status }, { stdout: "", status: 1 });
    assertEquals(machine.files, []);
  },
});

Deno.test({
  ...needsCurl,
  name: "install.sh keeps the old program when the new one does not run here",
  fn: async () => {
    await using server = await serverWith("1.0.0");
    using machine = new Machine(server);
    assertEquals((await machine.install()).status, 0);
    await server.publish("2.0.0", script("echo 'GLIBC_9.99 not found' >&2; exit 1"));
    const { stderr, status } = await machine.install();
    assertEquals(
      stderr,
      `claude-key: downloading ${archiveOf("2.0.0")}\n` +
        "GLIBC_9.99 not found\n" +
        "claude-key: error: claude-key 2.0.0 does not run on this machine; it was not installed\n",
    );
    assertEquals(status, 1);
    assertEquals(machine.files, ["home/.local", "home/.local/bin", "home/.local/bin/claude-key"]);
    assertEquals((await machine.install(["--to", "elsewhere"])).status, 1);
    assertEquals(machine.files, ["home/.local", "home/.local/bin", "home/.local/bin/claude-key"]);
    const kept = Deno.readTextFileSync(join(machine.home, ".local/bin/claude-key"));
    assert(kept.includes("1.0.0"), kept);
  },
});

for (
  const { what, arrange, args = [], says } of [
    {
      what: "an unknown option",
      args: ["--prefix", "x"],
      says: 'unknown argument "--prefix"',
    },
    { what: "an option without its value", args: ["--to"], says: "the option --to needs a value" },
    {
      what: "a version with a path in it",
      args: ["--version", "../../evil"],
      says: '"../../evil" is no version',
    },
    {
      what: "a system without a release",
      arrange: (machine: Machine) => machine.pretend("uname", "echo Plan9"),
      says: 'there is no release for "Plan9"',
    },
    {
      what: "a processor without a release",
      arrange: (machine: Machine) =>
        machine.pretend("uname", "case $1 in -s) echo Linux ;; *) echo mips ;; esac"),
      says: 'there is no release for "mips" machines',
    },
    {
      what: "a release without an archive for this machine",
      arrange: (machine: Machine) =>
        machine.pretend(
          "uname",
          `case $1 in -s) echo ${
            HOST.os === "linux" ? "Darwin" : "Linux"
          } ;; *) echo x86_64 ;; esac`,
        ),
      says: `the latest release has no archive for ${
        HOST.os === "linux" ? "macos-x64" : "linux-x64"
      }`,
    },
    {
      what: "Windows",
      arrange: (machine: Machine) => machine.pretend("uname", "echo MINGW64_NT-10.0-26100"),
      says: "this installer is not for Windows",
    },
    {
      what: "a machine that cannot download",
      arrange: (machine: Machine) => machine.lose("curl"),
      says: "neither curl nor wget is installed",
    },
    {
      what: "a machine that cannot verify",
      arrange: (machine: Machine) => {
        machine.lose("sha256sum");
        machine.lose("shasum");
      },
      says: "there is no sha256sum, shasum or openssl",
    },
  ]
) {
  Deno.test({
    ...needsCurl,
    name: `install.sh refuses ${what}, and changes nothing`,
    fn: async () => {
      await using server = await serverWith("1.0.0");
      using machine = new Machine(server);
      arrange?.(machine);
      const { stdout, stderr, status } = await machine.install(args);
      const errors = stderr.split("\n").filter((line) => line.includes(" error: "));
      assertEquals(errors, [`claude-key: error: ${says}`]);
      assertEquals({ stdout, status }, { stdout: "", status: 1 });
      assertEquals(machine.files, []);
    },
  });
}

Deno.test({
  name: "install.sh that arrives cut short does nothing",
  ignore: !POSIX || !isInstalled("dash"),
  fn: async () => {
    await using server = await serverWith("1.0.0");
    using machine = new Machine(server);
    const whole = Deno.readTextFileSync(INSTALLER);
    const cut = join(machine.root, "cut.sh");
    for (const share of [0.3, 0.6, 0.9]) {
      Deno.writeTextFileSync(cut, whole.slice(0, whole.length * share));
      await new Deno.Command(machine.shell, {
        args: [cut],
        clearEnv: true,
        env: { HOME: machine.home, PATH: machine.bin, CLAUDE_KEY_RELEASES: server.url },
        stderr: "null",
      }).output();
    }
    assertEquals({ asked: server.asked, files: machine.files }, { asked: 0, files: [] });
  },
});

Deno.test({
  name: "shellcheck has nothing to say about install.sh",
  ignore: !isInstalled("shellcheck"),
  fn: async () => {
    const { stdout, code } = await new Deno.Command("shellcheck", { args: [INSTALLER] }).output();
    assertEquals(new TextDecoder().decode(stdout), "");
    assertEquals(code, 0);
  },
});

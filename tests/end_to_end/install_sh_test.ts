import { assert, assertEquals } from "@std/assert";
import { orKilled, outputOf, until } from "../support/deadline.ts";
import { join } from "../support/join.ts";
import { testOfUnix } from "../support/skips.ts";
import { isInstalled } from "../support/real_shells.ts";
import {
  archiveOf,
  INSTALLER,
  Machine,
  script,
  serverWith,
  TOOLS,
} from "../support/bare_machine.ts";
import { withRepository } from "../../scripts/release/installers.ts";
import { HOST } from "../support/release_server.ts";

const test = testOfUnix("install.sh");

for (
  const { title, shell, tools, needs } of [
    { title: "dash and curl", shell: "dash", tools: ["curl", ...TOOLS], needs: ["dash", "curl"] },
    { title: "dash and wget", shell: "dash", tools: ["wget", ...TOOLS], needs: ["dash", "wget"] },
    { title: "bash and curl", shell: "bash", tools: ["curl", ...TOOLS], needs: ["bash", "curl"] },
    { title: "BusyBox and nothing else", shell: "busybox", tools: [], needs: ["busybox"] },
  ]
) {
  test({
    name: `install.sh installs, upgrades and refuses with ${title}`,
    ignore: !needs.every(isInstalled),
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
    test({
      name: `install.sh with ${tool} leaves nothing of a ${delivery} download`,
      ignore: !isInstalled("dash") || !isInstalled(tool),
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

const needsCurl = { ignore: !isInstalled("dash") || !isInstalled("curl") };

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  test({
    ...needsCurl,
    name: `install.sh leaves nothing when ${signal} interrupts the download`,
    fn: async () => {
      await using server = await serverWith("1.0.0");
      using machine = new Machine(server);
      server.delivery = "held";
      const process = machine.command([]).spawn();
      await until("the archive is asked for", () => server.asked > 0);
      process.kill(signal);
      const { code } = await orKilled("install.sh ends", process, process.status);
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

test({
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

test({
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

test({
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

test({
  ...needsCurl,
  name: "install.sh of a checkout says that it does not know where releases lie, and what to do",
  fn: async () => {
    await using server = await serverWith("1.0.0");
    using machine = new Machine(server);
    const place = "https://github.com/OWNER/claude-key/releases";
    assertEquals(await machine.install([], { CLAUDE_KEY_RELEASES: "" }), {
      stdout: "",
      stderr: [
        "claude-key: error: this install.sh is not from a release and does not know where releases lie",
        `claude-key: hint: take the one that is part of a release: ${place}/latest/download/install.sh`,
        `claude-key: hint: or name the place: CLAUDE_KEY_RELEASES=${place} sh install.sh`,
        "",
      ].join("\n"),
      status: 1,
    });
    assertEquals([server.paths, machine.files], [[], []]);
    const help = await machine.install(["--help"], { CLAUDE_KEY_RELEASES: "" });
    assert(help.stdout.startsWith("usage: install.sh "), help.stdout);
    assertEquals(help.status, 0);
  },
});

test({
  ...needsCurl,
  name: "install.sh of a release downloads from the repository that it names",
  fn: async () => {
    await using server = await serverWith("1.0.0");
    using machine = new Machine(server);
    const installer = join(machine.root, "install.sh");
    Deno.writeTextFileSync(
      installer,
      withRepository(Deno.readTextFileSync(INSTALLER), server.origin),
    );
    const installed = await machine.install([], { CLAUDE_KEY_RELEASES: "" }, installer);
    assert(installed.stderr.includes(": installed claude-key 1.0.0 as "), installed.stderr);
    assertEquals({ ...installed, stderr: "" }, { stdout: "", stderr: "", status: 0 });
    // Another place goes before it.
    await using mirror = await serverWith("2.0.0");
    const { stderr } = await machine.install([], { CLAUDE_KEY_RELEASES: mirror.url }, installer);
    assert(stderr.includes(": upgraded claude-key 1.0.0 to 2.0.0 as "), stderr);
  },
});

/** What a folder may be called, with what a shell could do about it. */
const HOSTILE = [
  "$(touch z)",
  "`touch z`",
  "it's; touch z; '",
  "' ; touch z ; \"",
  '"; touch z; "',
  "a\\",
  "a\\n\\'",
  "!! $HOME ~ * é",
  "-n a",
];

for (
  const { shell, start } of [
    { shell: "bash", start: ". ~/.bashrc" },
    { shell: "zsh", start: ". ~/.zshrc" },
    { shell: "dash", start: ". ~/.profile" },
    { shell: "ksh", start: ". ~/.profile" },
    { shell: "fish", start: "" },
  ]
) {
  test({
    name: `what install.sh tells users of ${shell} to type puts any folder on the path`,
    ignore: needsCurl.ignore || !isInstalled(shell),
    fn: async () => {
      await using server = await serverWith("1.0.0");
      using machine = new Machine(server);
      for (const folder of HOSTILE) {
        const to = join(machine.home, folder);
        const env = { SHELL: `/usr/bin/${shell}` };
        const { stderr, status } = await machine.install(["--to", to], env);
        assertEquals(status, 0, stderr);
        const [, typed = ""] = /^claude-key: hint: {3}(.*)$/m.exec(stderr) ?? [];
        const types = async (line: string) => {
          const { stdout, success } = await outputOf(shell, {
            args: ["-c", line],
            clearEnv: true,
            env: { HOME: machine.home, PATH: Deno.env.get("PATH") ?? "", LC_ALL: "C.UTF-8" },
            cwd: machine.home,
          });
          assert(success, `${line}\n${typed}`);
          return new TextDecoder().decode(stdout);
        };
        await types(typed);
        // A terminal that is opened later.
        const path = await types(`${start}\nenv | grep '^PATH='`);
        assert(path.startsWith(`PATH=${to}:`), `${path}\n${typed}`);
        const made = machine.files.filter((file) => file.endsWith("/z"));
        assertEquals([folder, made], [folder, []]);
      }
    },
  });
}

test({
  ...needsCurl,
  name: "install.sh tells nobody to put on the path what cannot be there",
  fn: async () => {
    await using server = await serverWith("1.0.0");
    using machine = new Machine(server);
    const { stderr, status } = await machine.install(["--to", "a:b"]);
    const to = join(machine.home, "a:b");
    assert(
      stderr.endsWith(
        `claude-key: warning: ${to} cannot be put on the path, because of the colon\n`,
      ),
      stderr,
    );
    assertEquals(status, 0);
  },
});

for (
  const { what, arrange, args = [], env = {}, says } of [
    {
      what: "a place that is no address",
      env: { CLAUDE_KEY_RELEASES: "ftp://127.0.0.1/releases" },
      says: "CLAUDE_KEY_RELEASES is no plain http or https address",
    },
    {
      what: "a place with a password in it",
      env: { CLAUDE_KEY_RELEASES: "https://ada:hunter2@127.0.0.1/releases" },
      says: "CLAUDE_KEY_RELEASES is no plain http or https address",
    },
    {
      what: "a folder with a control character",
      args: ["--to", "/x/\x1b]0;owned\x07"],
      says: "the folder has a control character in its name",
    },
    {
      what: "a folder with a line break",
      args: ["--to", "/x/a\nb"],
      says: "the folder has a control character in its name",
    },
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
  test({
    ...needsCurl,
    name: `install.sh refuses ${what}, and changes nothing`,
    fn: async () => {
      await using server = await serverWith("1.0.0");
      using machine = new Machine(server);
      arrange?.(machine);
      const { stdout, stderr, status } = await machine.install(args, env);
      const errors = stderr.split("\n").filter((line) => line.includes(" error: "));
      assertEquals(errors, [`claude-key: error: ${says}`]);
      assertEquals({ stdout, status }, { stdout: "", status: 1 });
      assertEquals(machine.files, []);
    },
  });
}

test({
  name: "install.sh that arrives cut short does nothing",
  ignore: !isInstalled("dash"),
  fn: async () => {
    await using server = await serverWith("1.0.0");
    using machine = new Machine(server);
    const whole = Deno.readTextFileSync(INSTALLER);
    const cut = join(machine.root, "cut.sh");
    for (const share of [0.3, 0.6, 0.9]) {
      Deno.writeTextFileSync(cut, whole.slice(0, whole.length * share));
      await outputOf(machine.shell, {
        args: [cut],
        clearEnv: true,
        env: { HOME: machine.home, PATH: machine.bin, CLAUDE_KEY_RELEASES: server.url },
      });
    }
    assertEquals({ asked: server.asked, files: machine.files }, { asked: 0, files: [] });
  },
});

test({
  name: "shellcheck has nothing to say about install.sh",
  ignore: !isInstalled("shellcheck"),
  fn: async () => {
    const { stdout, code } = await outputOf("shellcheck", { args: [INSTALLER] });
    assertEquals(new TextDecoder().decode(stdout), "");
    assertEquals(code, 0);
  },
});

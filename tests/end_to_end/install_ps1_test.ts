/**
 * The installer of Windows, run by every PowerShell that is here, on any system: what it asks
 * Windows for is answered by stand-ins.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { join } from "../support/join.ts";
import { withRepository } from "../../scripts/release/installers.ts";
import { outputOf } from "../support/deadline.ts";
import { makeIdentity } from "../support/identity.ts";
import { FLAGS, INSTALLER, PowerShellMachine, programOf } from "../support/powershell_machine.ts";
import { PowerShell } from "../support/powershell_session.ts";
import { isInstalled } from "../support/real_shells.ts";
import { ReleaseServer } from "../support/release_server.ts";
import type { Run } from "../support/terminal.ts";
import { lacks } from "../support/tools.ts";
import { lackingInWindowsPowerShell } from "../support/windows_powershell.ts";

const WINDOWS = Deno.build.os === "windows";

const PARSE = `
$problems = $null
$null = [Management.Automation.Language.Parser]::ParseFile('${INSTALLER}', [ref] $null, [ref] $problems)
$problems | ForEach-Object { "$_" }
`;

/** The file of the checkout, as a user starts it. */
const INSTALL = "& $env:INSTALLER";
/** What the user of a release types. */
const EVALUATE =
  `Invoke-RestMethod "$env:CLAUDE_KEY_TEST/releases/latest/download/install.ps1" | Invoke-Expression`;

const HINT = "claude-key: hint:";
const PROGRAM = "[a-z] data/Programs/claude-key/claude-key.exe";

/** What the user's PATH is before and after, if it is another one then. */
const PATHS = [
  { what: "none", before: undefined, after: "ExpandString\n<folder>" },
  { what: "one of text", before: "String\nC:\\a;C:\\b c", after: "String\n<folder>;C:\\a;C:\\b c" },
  {
    what: "one of variables",
    before: "ExpandString\n%LOCALAPPDATA%\\x;;C:\\b",
    after: "ExpandString\n<folder>;%LOCALAPPDATA%\\x;C:\\b",
  },
  { what: "one that has it", before: "String\nC:\\a;<folder>\\;C:\\b", after: undefined },
];

async function serverWith(version: string, server = new ReleaseServer()): Promise<ReleaseServer> {
  await server.publish(version, programOf(version));
  return server;
}

/** How a run ended that said something and printed nothing. */
function said(status: number, ...lines: string[]): Run {
  return { stdout: "", stderr: lines.map((line) => `claude-key: ${line}`).join("\n"), status };
}

for (const shell of ["pwsh", "powershell"]) {
  const name = `install.ps1 does with ${shell} what it is for`;
  Deno.test({ name, ignore: !isInstalled(shell) }, async (t) => {
    await using powershell = new PowerShell(shell);

    await t.step("it is parsed", async () => {
      const parsed = await powershell.open().type(PARSE);
      assertEquals(parsed, { stdout: "", stderr: "", status: 0 });
    });

    await t.step({
      name: "it installs, upgrades and refuses",
      fn: async (t) => {
        await using server = await serverWith("1.0.0");
        using machine = new PowerShellMachine(powershell, server);
        const to = join(machine.data, "b [i] n");
        const program = join(to, "claude-key.exe");
        const session = await machine.open();
        const install = (args = "") => session.type(`${INSTALL} -To 'b [i] n' -NoPath ${args}`);
        const [downloading, installed] = [
          "downloading claude-key-1.0.0-windows-x64.zip",
          "installed",
        ];
        const kept = ["[a-z] data/b [i] n/claude-key.exe"];

        await t.step("a release that is missing", async () => {
          const expected = said(
            1,
            "error: release 9.9.9 cannot be downloaded from " + server.url,
            `hint: see which releases there are: ${server.url}`,
          );
          const run = await install("-Version 9.9.9");
          assert(/^claude-key: .*404.*\n/.test(run.stderr), run.stderr);
          assertEquals({ ...run, stderr: run.stderr.replace(/^.*\n/, "") }, expected);
          assertEquals(machine.files, []);
        });
        await t.step("the latest release", async () => {
          const expected = said(0, downloading, `${installed} claude-key 1.0.0 as ${program}`);
          assertEquals(await install(), expected);
          assertEquals(machine.files, kept);
          assertEquals(Deno.readFileSync(program), programOf("1.0.0"));
        });
        await t.step("an upgrade", async () => {
          await server.publish("1.1.0", programOf("1.1.0"));
          const run = await install();
          assert(run.stderr.endsWith(` to 1.1.0 as ${program}`), run.stderr);
          assert(WINDOWS || run.stderr.includes("upgraded claude-key 1.0.0 to "), run.stderr);
          assertEquals({ ...run, stderr: "" }, { stdout: "", stderr: "", status: 0 });
          assertEquals(machine.files, kept);
        });
        await t.step("an older one, by its version", async () => {
          const run = await install("-Version v1.0.0");
          assert(run.stderr.endsWith(` to 1.0.0 as ${program}`), run.stderr);
          assertEquals(machine.files, kept);
        });
        for (const delivery of ["corrupted", "truncated", "broken off", "missing"] as const) {
          await t.step(`a ${delivery} download`, async () => {
            server.delivery = delivery;
            const { stdout, stderr, status } = await install();
            assert(
              /^claude-key: error: \S+ (does not have its checksum; it was not installed|cannot be downloaded)$/m
                .test(stderr),
              stderr,
            );
            assertEquals({ stdout, status }, { stdout: "", status: 1 });
            assertEquals(machine.files, kept);
            assertEquals(Deno.readFileSync(program), programOf("1.0.0"));
          });
        }
        await t.step("a program that does not run", async () => {
          server.delivery = "whole";
          await server.publish(
            "2.0.0",
            new TextEncoder().encode(WINDOWS ? "no" : "#!/bin/false\n"),
          );
          const { stdout, stderr, status } = await install();
          const error = "claude-key 2.0.0 does not run on this machine; it was not installed";
          assertEquals(stderr.split("\n").at(-1), `claude-key: error: ${error}`);
          assertEquals({ stdout, status }, { stdout: "", status: 1 });
          assertEquals(Deno.readFileSync(program), programOf("1.0.0"));
        });
      },
    });

    await t.step({
      name: "it adds its folder to whatever PATH there is",
      fn: async (t) => {
        await using server = await serverWith("1.0.0");
        using machine = new PowerShellMachine(powershell, server);
        const session = await machine.open();
        const folder = join(machine.data, "Programs", "claude-key");
        const filled = (text?: string) => text?.replace("<folder>", () => folder);
        for (const { what, before, after } of PATHS) {
          await t.step(what, async () => {
            machine.clear();
            if (before !== undefined) machine.path = filled(before) ?? "";
            const expected = said(
              0,
              "downloading claude-key-1.0.0-windows-x64.zip",
              `installed claude-key 1.0.0 as ${join(folder, "claude-key.exe")}`,
              ...(after === undefined ? [] : [`added ${folder} to the PATH of new terminals`]),
            );
            assertEquals(await session.type(INSTALL), expected);
            assertEquals(machine.path, filled(after ?? before));
            assertEquals(machine.files, [PROGRAM]);
          });
        }
      },
    });

    await t.step({
      name: "it puts no folder on the PATH that would be two, or another",
      fn: async () => {
        await using server = await serverWith("1.0.0");
        using machine = new PowerShellMachine(powershell, server);
        const session = await machine.open();
        for (const [name, character] of [["a;b", ";"], ["%TEMP%", "%"]] as const) {
          const { stderr, status } = await session.type(`${INSTALL} -To '${name}'`);
          assertEquals(
            stderr.split("\n").at(-1),
            `claude-key: warning: ${
              join(machine.data, name)
            } cannot be put on the PATH, because of the ${character}`,
          );
          assertEquals([status, machine.path], [0, undefined]);
        }
      },
    });

    await t.step({
      name: "nothing of it stays in a session that evaluates it",
      fn: async () => {
        await using server = await serverWith("1.0.0");
        using machine = new PowerShellMachine(powershell, server);
        const installer = Deno.readTextFileSync(INSTALLER);
        server.add("install.ps1", withRepository(installer, server.origin));
        // What the user has by the same names is still there, too.
        const lines = `
        $version = 'mine'; $to = 'mine'; $temp = 'mine'; $repository = 'mine'; $LASTEXITCODE = 5
        function Say { 'mine' }
        [Net.ServicePointManager]::SecurityProtocol = 'Tls11'
        $null = & $env:SESSION
        & $env:SESSION
        'and then'
        ${EVALUATE}
        & $env:SESSION
        "strict: $(try { $null = $undefined; 'no' } catch { 'yes' })"
      `;
        const env = { CLAUDE_KEY_RELEASES: "", CLAUDE_KEY_TEST: server.origin };
        const { stdout, stderr, status } = await machine.type(lines, env);
        const [before = [], after = []] = stdout.split("and then\n").map((text) =>
          text.split("\n")
        );
        const expected = ["variable version = mine", "variable LASTEXITCODE = 5", "TLS = Tls11"];
        assertEquals(expected.filter((line) => !before.includes(line)), []);
        const strict = after.splice(-2, 1);
        assertEquals(strict, ["strict: no"]);
        assertEquals(after.filter((line) => !before.includes(line)), []);
        assertEquals(before.filter((line) => !after.includes(line)), []);
        const folder = join(machine.data, "Programs", "claude-key");
        assertEquals({ stderr, status }, {
          stderr: [
            "claude-key: downloading claude-key-1.0.0-windows-x64.zip",
            `claude-key: installed claude-key 1.0.0 as ${join(folder, "claude-key.exe")}`,
            `claude-key: added ${folder} to the PATH of new terminals`,
          ].join("\n"),
          status: 0,
        });
      },
    });

    await t.step({
      name: "when it fails it leaves the session open and as it was",
      fn: async () => {
        await using server = await serverWith("1.0.0");
        using machine = new PowerShellMachine(powershell, server);
        server.add("install.ps1", Deno.readTextFileSync(INSTALLER));
        const lines = `
        [Net.ServicePointManager]::SecurityProtocol = 'Tls11'
        $null = & $env:SESSION
        $before = @(& $env:SESSION) -notmatch '^(errors|variable before) ='
        try { ${EVALUATE} } catch { "caught: $_" }
        $after = @(& $env:SESSION) -notmatch '^(errors|variable before) ='
        Compare-Object $before $after | ForEach-Object { $_.InputObject }
      `;
        const env = { PROCESSOR: "MIPS", CLAUDE_KEY_TEST: server.origin };
        assertEquals(await machine.type(lines, env), {
          stdout: "caught: claude-key was not installed\n",
          stderr: 'claude-key: error: there is no release for "MIPS" machines\n' +
            `claude-key: hint: see ${server.url}`,
          status: 0,
        });
        assertEquals(machine.files, []);
      },
    });

    await t.step({
      name: "in a checkout it says that it does not know where releases lie",
      fn: async () => {
        await using server = await serverWith("1.0.0");
        using machine = new PowerShellMachine(powershell, server);
        const place = "https://github.com/OWNER/claude-key/releases";
        assertEquals(
          await machine.type(INSTALL, { CLAUDE_KEY_RELEASES: "" }),
          said(
            1,
            "error: this install.ps1 is not from a release and does not know where releases lie",
            `hint: take the one that is part of a release: ${place}/latest/download/install.ps1`,
            `hint: or name the place: $env:CLAUDE_KEY_RELEASES = '${place}'`,
          ),
        );
        assertEquals([server.paths, machine.files], [[], []]);
      },
    });

    await t.step({
      name: "it fails for arguments that it does not know",
      fn: async () => {
        await using server = await serverWith("1.0.0");
        using machine = new PowerShellMachine(powershell, server);
        const session = await machine.open();
        for (const args of ["-Nonsense", "-Version=1.0.0", "-Version", "a b c"]) {
          assertEquals(await session.type(`${INSTALL} ${args}`), said(1), args);
        }
        const { code } = await outputOf(shell, {
          args: [...FLAGS, "-File", INSTALLER, "-Nonsense"],
          env: { CLAUDE_KEY_RELEASES: server.url },
        });
        assertEquals(code, 1);
        assertEquals([server.paths, machine.files], [[], []]);
      },
    });

    await t.step({
      name: "it takes nothing from a server that cannot prove who it is",
      ignore: shell !== "pwsh" || lacks("openssl"),
      fn: async () => {
        await using network = new Network();
        const server = await serverWith("1.0.0", network.server);
        using machine = new PowerShellMachine(powershell, server);
        const { stdout, stderr, status } = await machine.type(INSTALL);
        assert(/certificate/i.test(stderr), stderr);
        assertEquals({ stdout, status }, { stdout: "", status: 1 });
        assertEquals([server.paths, machine.files], [[], []]);
      },
    });
  });
}

Deno.test({
  name: "install.ps1 says that it is for Windows",
  ignore: WINDOWS || !isInstalled("pwsh"),
  fn: async () => {
    await using server = await serverWith("1.0.0");
    const { stdout, stderr, code } = await outputOf("pwsh", {
      args: [...FLAGS, "-File", INSTALLER],
      env: { CLAUDE_KEY_RELEASES: server.url, NO_COLOR: "1" },
    });
    const decoder = new TextDecoder();
    const expected = `claude-key: error: this installer is for Windows\n${HINT} use install.sh\n`;
    assert(decoder.decode(stderr).startsWith(expected), decoder.decode(stderr));
    assertEquals({ stdout: decoder.decode(stdout), code }, { stdout: "", code: 1 });
    assertEquals(server.paths, []);
  },
});

Deno.test({
  name: "Windows PowerShell lacks nothing that install.ps1 needs",
  ignore: !isInstalled("pwsh"),
  fn: async () => {
    assertEquals(await lackingInWindowsPowerShell(Deno.readTextFileSync(INSTALLER)), []);
  },
});

/** Three servers and what makes PowerShell trust the two with https. */
class Network implements AsyncDisposable {
  readonly #root = Deno.makeTempDirSync({ prefix: "claude-key-test-" });
  readonly #identity = makeIdentity(this.#root);
  readonly server = new ReleaseServer(this.#identity);
  readonly other = new ReleaseServer(this.#identity);
  readonly clear = new ReleaseServer();
  readonly trust = { SSL_CERT_FILE: this.#identity.authority };

  async [Symbol.asyncDispose](): Promise<void> {
    for (const server of [this.server, this.other, this.clear]) await server[Symbol.asyncDispose]();
    Deno.removeSync(this.#root, { recursive: true });
  }
}

const ARCHIVE = "claude-key-1.0.0-windows-x64.zip";

Deno.test({
  name: "install.ps1 goes by redirects that stay in https, but not for ever",
  ignore: lacks("pwsh", "openssl"),
  fn: async (t) => {
    await using network = new Network();
    const { server, other, clear, trust } = network;
    for (const each of [server, other, clear]) await serverWith("1.0.0", each);
    await using powershell = new PowerShell("pwsh", trust);

    for (
      const { what, file, error } of [
        {
          what: "the checksums",
          file: "checksums.txt",
          error: "the latest release cannot be downloaded from ",
        },
        { what: "the archive", file: ARCHIVE, error: `${ARCHIVE} cannot be downloaded` },
      ]
    ) {
      await t.step(`not to http for ${what}`, async () => {
        using machine = new PowerShellMachine(powershell, server);
        server.redirect = (path) => path.endsWith(file) ? clear.origin + path : undefined;
        const { stdout, stderr, status } = await machine.type(INSTALL);
        assert(stderr.includes("claude-key: redirected to what is not https\n"), stderr);
        assert(stderr.includes(`claude-key: error: ${error}`), stderr);
        assertEquals({ stdout, status }, { stdout: "", status: 1 });
        assertEquals([clear.paths, machine.files], [[], []]);
      });
    }

    await t.step("to another server", async () => {
      using machine = new PowerShellMachine(powershell, server);
      server.paths.length = 0;
      server.redirect = (path) =>
        path.includes("/latest/")
          ? path.replace("/latest/download/", "/download/v1.0.0/")
          : other.origin + path;
      assertEquals((await machine.type(INSTALL)).status, 0);
      assertEquals(machine.files, [PROGRAM]);
      assertEquals([server.paths.length, other.paths.length], [3, 2]);
      other.redirect = (path) => path;
      const { stderr, status } = await machine.type(INSTALL);
      assert(stderr.startsWith("claude-key: redirected too often\n"), stderr);
      assertEquals(status, 1);
    });
  },
});

import { assertEquals, assertStringIncludes } from "@std/assert";
import { outputOf } from "../support/deadline.ts";
import { NO_POSIX_SHELL } from "../support/skips.ts";
import { join } from "../support/join.ts";
import { KEY, Terminal } from "../support/terminal.ts";

const UNIX_ONLY = { ignore: NO_POSIX_SHELL };

/** What a program finds that a dock, a start menu or an editor has started. */
const DESKTOP = ["PATH=/usr/bin:/bin:/usr/sbin:/sbin"];

const SETUP = ["setup", "--yes", "--account=a", "--item=op://Work/litellm", "--api-key-helper"];

/** A terminal whose home folder, with `op` in it, has a name that a shell would take apart. */
function awkward(): Terminal {
  const terminal = new Terminal(null);
  terminal.answer("--version", "2.31.0\n");
  terminal.answer("account-list", '[{"url": "team.1password.com", "email": "ada@example.com"}]');
  terminal.answer("whoami", "URL: https://team.1password.com\n");
  return terminal;
}

/** Runs a helper as Claude Code does when it was started from a desktop. */
async function runHelper(
  terminal: Terminal,
  command: string,
): Promise<{ stdout: string; stderr: string; code: number }> {
  const { stdout, stderr, code } = await outputOf("env", {
    args: ["-i", ...DESKTOP, `HOME=${terminal.home}`, "/bin/sh", "-c", command],
  });
  const decoder = new TextDecoder();
  return { stdout: decoder.decode(stdout), stderr: decoder.decode(stderr), code };
}

Deno.test(
  "the helper that setup writes gets the key where Claude Code runs it",
  UNIX_ONLY,
  async () => {
    using terminal = awkward();
    const bin = join(terminal.home, "it's $(touch x) `touch y`");
    Deno.renameSync(terminal.bin, bin);
    const env = { PATH: `${bin}:/usr/bin:/bin`, SHELL: "/bin/bash" };
    const { status } = await terminal.run(SETUP, { env });
    assertEquals(status, 0);
    const file = join(terminal.home, ".claude", "settings.json");
    const command: string = JSON.parse(Deno.readTextFileSync(file)).apiKeyHelper;

    Deno.removeSync(terminal.cache, { recursive: true });
    assertEquals(await runHelper(terminal, command), { stdout: `${KEY}\n`, stderr: "", code: 0 });
    assertEquals(Array.from(Deno.readDirSync("."), ({ name }) => name).includes("x"), false);

    const { stdout } = await terminal.run(["doctor", "--yes"], { env });
    assertStringIncludes(
      stdout,
      "ok       Claude settings: apiKeyHelper in ~/.claude/settings.json is",
    );
    assertStringIncludes(
      stdout,
      "warning  gateway: Claude Code has the key by apiKeyHelper and is not told of the gateway",
    );
  },
);

Deno.test("doctor does not take for claude-key what is not", UNIX_ONLY, async () => {
  using terminal = awkward();
  const folder = join(terminal.home, ".claude");
  Deno.mkdirSync(folder);
  Deno.writeTextFileSync(join(terminal.bin, "claude-key"), "", { mode: 0o755 });
  const program = join(terminal.bin, "claude-key");
  const file = "apiKeyHelper in ~/.claude/settings.json";
  const another = `${file} is not claude-key, and counts unless ANTHROPIC_AUTH_TOKEN is exported`;
  const desktop = "and is not found where Claude Code is started from a desktop";
  await Promise.all(
    ([
      ["/nonexistent/claude-key get", `${file} runs /nonexistent/claude-key, which is not there`],
      ["claude-key get", `${file} runs claude-key without its folder, ${desktop}`],
      ["claude-key", another],
      ["claude-key env", another],
      ["claude-keys get", another],
      ["cat ~/.claude-key", another],
      [`${program} get | cat`, another],
      [`${program} get; ${program} env`, another],
      [`echo claude-key get`, another],
      [`${program} get`, `${file} does not say in which folder op is, ${desktop}`],
      [`PATH=${terminal.bin} ${program} get`, another],
      [`PATH=${terminal.bin}:$PATH ${program} get`, `${file} is claude-key`],
      [`PATH="${terminal.bin}:$PATH" claude-key get`, `${file} is claude-key`],
    ] as const).map(async ([helper, message], index) => {
      const settings = join(terminal.home, `.claude${index}`);
      Deno.mkdirSync(settings);
      Deno.writeTextFileSync(
        join(settings, "settings.json"),
        JSON.stringify({ apiKeyHelper: helper }),
      );
      const { stdout } = await terminal.run(["doctor"], { env: { CLAUDE_CONFIG_DIR: settings } });
      const line = stdout.split("\n").find((line) => line.includes("Claude settings: "));
      assertEquals(
        line?.split("Claude settings: ")[1]?.replaceAll(`~/.claude${index}/`, "~/.claude/"),
        message,
        helper,
      );
    }),
  );
});

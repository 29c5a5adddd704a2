import { assertEquals } from "@std/assert";
import { writeExecutable } from "../support/executable.ts";
import { installClaudeKey } from "../support/interactive_shell.ts";
import { join } from "../support/join.ts";
import { isInstalled } from "../support/real_shells.ts";
import { NO_BYTES, NO_POSIX_SHELL, testOfUnix } from "../support/skips.ts";
import { KEY, LOCAL_ENV, NO_KEY, Terminal, withEmpty } from "../support/terminal.ts";
import { withoutNotice } from "../support/terminal_device.ts";
import { lacks } from "../support/tools.ts";

const test = testOfUnix("env in a shell of Unix");

const GATEWAY = `${LOCAL_ENV}LITELLM_BASE_URL=https://litellm.example.com\n`;

async function variables(
  terminal: Terminal,
  options: Parameters<Terminal["run"]>[1] = {},
): Promise<Record<string, string>> {
  const { stdout, stderr, status } = await terminal.run(["env", "--format", "json"], options);
  assertEquals([stderr, status], ["", 0]);
  return JSON.parse(stdout);
}

Deno.test("env prints the key, the gateway and every other line for Claude Code", async () => {
  using terminal = new Terminal(
    `${GATEWAY}ANTHROPIC_MODEL='opus'\nCLAUDE_CODE_X=1\nCLAUDE_OTHER=1\nPATH=/no\n`,
  );
  assertEquals(await terminal.run(["env", "--shell", "posix"]), {
    stdout: "export ANTHROPIC_BASE_URL='https://litellm.example.com';\n" +
      "export ANTHROPIC_MODEL='opus';\n" +
      "export CLAUDE_CODE_X='1';\n" +
      `export ANTHROPIC_AUTH_TOKEN='${KEY}';\n`,
    stderr: "",
    status: 0,
  });
});

Deno.test("env prints what the file exports, as it was when a shell sourced it", async () => {
  using terminal = new Terminal(
    `${LOCAL_ENV}export NODE_EXTRA_CA_CERTS=/etc/ca.pem\nexport HTTPS_PROXY='http://proxy:3128'\n` +
      "export AWS_REGION=eu\nAWS_REGION=us\nexport OP_ACCOUNT=acme\nexport CLAUDE_DEBUG=0\n" +
      "export LITELLM_BASE_URL=https://gw.example.com\nexport CLAUDE_CONFIG_DIR=/file\nOTHER=1\n",
  );
  const env = { CLAUDE_CONFIG_DIR: "/mine", HTTPS_PROXY: "http://mine" };
  assertEquals(await variables(terminal, { env }), {
    ANTHROPIC_AUTH_TOKEN: KEY,
    ANTHROPIC_BASE_URL: "https://gw.example.com",
    AWS_REGION: "us",
    CLAUDE_CONFIG_DIR: "/mine",
    // claude-key may not look into the user's environment for a name like this.
    HTTPS_PROXY: "http://proxy:3128",
    NODE_EXTRA_CA_CERTS: "/etc/ca.pem",
  });
});

test({
  name: "the integration gives claude what the file exports, and the shell nothing",
  ignore: !isInstalled("bash"),
  fn: async () => {
    using terminal = new Terminal(`${LOCAL_ENV}export NODE_EXTRA_CA_CERTS=/etc/ca.pem\n`);
    installClaudeKey(terminal);
    writeExecutable(join(terminal.bin, "claude"), '#!/bin/sh\necho "$NODE_EXTRA_CA_CERTS"\n');
    const script = 'eval "$("$0" "$@")"; claude; echo "[$NODE_EXTRA_CA_CERTS]"';
    assertEquals(await terminal.run(["init", "bash"], { under: ["bash", "-c", script] }), {
      stdout: "/etc/ca.pem\n[]\n",
      stderr: "",
      status: 0,
    });
  },
});

Deno.test("nothing is exported that can make a program run something", async () => {
  for (const name of ["PATH", "Path", "LD_PRELOAD", "GIT_SSH_COMMAND", "fish_function_path"]) {
    using terminal = new Terminal(`${LOCAL_ENV}export ${name}='touch x'\n`);
    assertEquals([name, await terminal.run(["env"])], [name, {
      stdout: NO_KEY,
      stderr: terminal.shown(
        `claude-key: error: ~/.config/claude/local.env, line 2: ${name} can make programs run ` +
          "something, and is not handed on\n" +
          `claude-key: hint: remove that line, and set ${name} in the start-up file of your shell\n`,
      ),
      status: 2,
    }]);
    assertEquals(terminal.calls, []);
    assertEquals((await terminal.run(["get"])).stdout, `${KEY}\n`);
  }
});

Deno.test("each shell and each format has its own words", async () => {
  using terminal = new Terminal();
  for (
    const [args, first] of [
      [["--shell", "bash"], `export ANTHROPIC_AUTH_TOKEN='${KEY}';`],
      [["--shell", "fish"], `set -gx ANTHROPIC_AUTH_TOKEN '${KEY}';`],
      [["--shell", "pwsh"], `$env:ANTHROPIC_AUTH_TOKEN = '${KEY}';`],
      [["--format", "json"], "{"],
      [["--format=dotenv"], `ANTHROPIC_AUTH_TOKEN=${KEY}`],
    ] as const
  ) {
    const { stdout, stderr, status } = await terminal.run(["env", ...args]);
    assertEquals([stdout.split("\n")[0], stderr, status], [first, "", 0]);
  }
});

Deno.test("env does the same whether its command line is a usual one or has to be parsed", async () => {
  for (const localEnv of [GATEWAY, `${GATEWAY}CLAUDE_KEY_TTL=soon\n`, ""]) {
    using terminal = new Terminal(localEnv);
    for (const shell of ["posix", "bash", "zsh", "pwsh"]) {
      assertEquals(
        await terminal.run(["env", "--shell", shell]),
        await terminal.run(["env", `--shell=${shell}`]),
      );
    }
    assertEquals(terminal.calls.length, localEnv === GATEWAY ? 1 : 0);
  }
});

test({
  name: "a shell that will not have the variable replaced does not go on",
  ignore: !isInstalled("bash"),
  fn: async () => {
    using terminal = new Terminal(GATEWAY);
    const script =
      'readonly ANTHROPIC_AUTH_TOKEN=mine; eval "$("$0" "$@")" 2>&- && echo started; exit 7';
    const { stdout, status } = await terminal.run(["env"], { under: ["bash", "-c", script] });
    assertEquals([stdout, status], ["", 7]);
  },
});

Deno.test("a value in the user's environment wins over local.env", async () => {
  using terminal = new Terminal(`${GATEWAY}ANTHROPIC_MODEL=file\nANTHROPIC_BASE_URL=https://old\n`);
  assertEquals(
    await variables(terminal, { env: { ANTHROPIC_MODEL: "mine" } }),
    {
      ANTHROPIC_AUTH_TOKEN: KEY,
      ANTHROPIC_BASE_URL: "https://litellm.example.com",
      ANTHROPIC_MODEL: "mine",
    },
  );
});

Deno.test("an empty variable of the user's counts as not set", async () => {
  using terminal = new Terminal(`${LOCAL_ENV}ANTHROPIC_MODEL=file\n`);
  const under = withEmpty("ANTHROPIC_MODEL");
  assertEquals((await variables(terminal, { under }))["ANTHROPIC_MODEL"], "file");
});

Deno.test("a line of local.env for the key's own variable does not get in its way", async () => {
  using terminal = new Terminal(`${LOCAL_ENV}ANTHROPIC_AUTH_TOKEN=sk-old\n`);
  assertEquals(await variables(terminal), { ANTHROPIC_AUTH_TOKEN: KEY });
});

Deno.test("the repository's header joins the user's, replaces its like, and is never repeated", async () => {
  using terminal = new Terminal(`${LOCAL_ENV}CLAUDE_KEY_REPO_HEADER=1\n`);
  const cwd = join(terminal.home, "shop");
  Deno.mkdirSync(join(cwd, ".git"), { recursive: true });
  assertEquals(
    (await variables(terminal, { cwd }))["ANTHROPIC_CUSTOM_HEADERS"],
    "x-github-repo: shop",
  );
  const setOrigin = (url: string): void =>
    Deno.writeTextFileSync(join(cwd, ".git", "config"), `[remote "origin"]\n\turl = ${url}\n`);
  // An origin without an organisation is no org/repo.
  setOrigin("host:other");
  const named = { cwd, env: { CLAUDE_PROJECT: "mine" } };
  assertEquals(
    (await variables(terminal, named))["ANTHROPIC_CUSTOM_HEADERS"],
    "x-github-repo: mine",
  );
  setOrigin("git@github.com:acme/shop.git");
  const mine = "x-team: blue\nX-Github-Repo: old/one\nx-github-repo: old/two";
  const once = await variables(terminal, { cwd, env: { ANTHROPIC_CUSTOM_HEADERS: mine } });
  assertEquals(once["ANTHROPIC_CUSTOM_HEADERS"], "x-team: blue\nx-github-repo: acme/shop");
  const env = { ...once, CLAUDE_GITHUB_REPO: "other/name" };
  const twice = await variables(terminal, { cwd, env });
  assertEquals(twice["ANTHROPIC_CUSTOM_HEADERS"], "x-team: blue\nx-github-repo: other/name");
  // Who knows the project asks for no field of its own, unless told to.
  assertEquals(terminal.calls, ["read op://Work/litellm/API Key"]);
});

Deno.test("a --var that names no variable is refused as an option", async () => {
  using terminal = new Terminal();
  assertEquals(await terminal.run(["env", "--var", "MY-TOKEN"]), {
    stdout: NO_KEY,
    stderr: 'claude-key: error: --var is "MY-TOKEN", which is not the name of a variable\n' +
      "claude-key: hint: write letters, digits and _, a letter first\n",
    status: 2,
  });
});

Deno.test("a repository that is none is refused", async () => {
  using terminal = new Terminal(
    `${LOCAL_ENV}CLAUDE_KEY_REPO_HEADER=1\nCLAUDE_GITHUB_REPO="a: b"\n`,
  );
  assertEquals(await terminal.run(["env"]), {
    stdout: NO_KEY,
    stderr: 'claude-key: error: CLAUDE_GITHUB_REPO is "a: b", which is not a repository\n' +
      "claude-key: hint: write org/repo\n" +
      terminal.shown("claude-key: hint: correct line 3 of ~/.config/claude/local.env\n"),
    status: 2,
  });
});

const DISMISSED = "[ERROR] 2026/01/31 12:00:00 authorization prompt dismissed, please try again";
const REFUSED = `${DISMISSED}
claude-key: error: the approval in 1Password was refused
claude-key: hint: run the same command again and approve it
`;

const THROW = "& { $ErrorActionPreference = 'Stop'; throw 'claude-key: no key' };\n";

Deno.test("a failure prints the shell's fail statement and nothing else on stdout", async () => {
  using terminal = new Terminal();
  terminal.failWith(DISMISSED);
  for (
    const [args, stdout] of [
      [["--shell", "posix"], "false\n"],
      [["--shell", "fish"], "false\n"],
      [["--shell", "pwsh"], THROW],
      [["--format", "json"], ""],
      [["--format", "dotenv"], ""],
    ] as const
  ) {
    assertEquals(await terminal.run(["env", ...args]), { stdout, stderr: REFUSED, status: 4 });
  }
  assertEquals(await terminal.run(["get"]), { stdout: "", stderr: REFUSED, status: 4 });
});

Deno.test("a command line of env that is not understood fails the evaluation too", async () => {
  using terminal = new Terminal();
  for (
    const [args, stdout] of [
      [["--bogus"], NO_KEY],
      [["--shell", "fish", "--bogus"], "false\n"],
      [["--bogus", "--shell=pwsh"], THROW],
      [["--shell", "pwsh", "--shell", "fish", "--bogus"], "false\n"],
      [["--shell=fish", "--shell", "pwsh", "--bogus"], THROW],
      [["--shell", "bash", "--format", "json"], "false\n"],
      [["--format", "json", "--bogus"], ""],
    ] as const
  ) {
    const run = await terminal.run(["env", ...args]);
    assertEquals([args, run.stdout, run.status], [args, stdout, 2]);
  }
});

test({
  name: "a variable that is not Unicode never lets an evaluation pass",
  ignore: NO_BYTES,
  fn: async () => {
    using terminal = new Terminal();
    const setting = (name: string): string[] => [
      "sh",
      "-c",
      `${name}=$(printf "\\377") exec "$0" "$@"`,
    ];
    assertEquals(await terminal.run(["env"], { under: setting("CLAUDE_DEBUG") }), {
      stdout: "false\n",
      stderr: "claude-key: error: the environment variable CLAUDE_DEBUG is not valid Unicode\n" +
        "claude-key: hint: set CLAUDE_DEBUG again, or unset it\n",
      status: 2,
    });
    assertEquals(await terminal.run(["env"], { under: setting("SHELL") }), {
      stdout: `export ANTHROPIC_AUTH_TOKEN='${KEY}';\n`,
      stderr: "",
      status: 0,
    });
  },
});

test({
  name: "a failure leaves the variables of the shell alone, and stops what comes behind",
  ignore: NO_POSIX_SHELL,
  fn: async () => {
    using terminal = new Terminal();
    terminal.failWith(DISMISSED);
    const script = 'eval "$("$0" "$@")" && echo started; echo "[$ANTHROPIC_AUTH_TOKEN]"';
    assertEquals(
      await terminal.run(["env"], {
        under: ["sh", "-c", script],
        env: { ANTHROPIC_AUTH_TOKEN: "before" },
      }),
      { stdout: "[before]\n", stderr: REFUSED, status: 0 },
    );
  },
});

Deno.test({
  name: "op sees the user's environment, but not the key, and no loader variable stops it",
  fn: async () => {
    using terminal = new Terminal();
    terminal.runInstead(
      `printf '%s\\n' "[$ANTHROPIC_AUTH_TOKEN][$OWN_TOKEN][$LD_LIBRARY_PATH][$LD_X][$MINE]" >&2; printf '${KEY}\\n'`,
      `@>&2 echo [%ANTHROPIC_AUTH_TOKEN%][%OWN_TOKEN%][%LD_LIBRARY_PATH%][%LD_X%][%MINE%]\n@echo ${KEY}\n`,
    );
    const env = {
      ANTHROPIC_AUTH_TOKEN: "sk-from-before",
      CLAUDE_KEY_VAR: "OWN_TOKEN",
      OWN_TOKEN: "sk-from-before",
      LD_LIBRARY_PATH: "/x",
      LD_X: "y",
      MINE: "mine",
    };
    assertEquals(await terminal.run(["get"], { env }), {
      stdout: `${KEY}\n`,
      stderr: "[][][][][mine]\n",
      status: 0,
    });
  },
});

Deno.test("op is told of an account, unless a token says which it is", async () => {
  for (
    const [env, account, more] of [
      [{}, "acme", " --account acme"],
      [{ OP_SERVICE_ACCOUNT_TOKEN: "ops_x" }, "", ""],
      [{ OP_CONNECT_HOST: "http://connect", OP_CONNECT_TOKEN: "x" }, "", ""],
    ] as const
  ) {
    using terminal = new Terminal();
    terminal.runInstead(
      `printf '%s\\n' "[$OP_ACCOUNT]" >&2; printf '${KEY}\\n'`,
      `@>&2 echo [%OP_ACCOUNT%]\n@echo ${KEY}\n`,
    );
    assertEquals(await terminal.run(["get"], { env: { ...env, OP_ACCOUNT: "acme" } }), {
      stdout: `${KEY}\n`,
      stderr: `[${account}]\n`,
      status: 0,
    });
    assertEquals(terminal.calls, [`read op://Work/litellm/API Key${more}`]);
  }
});

test({
  name: "a terminal sees no fail statement, only the message (needs script)",
  ignore: lacks("script"),
  fn: async () => {
    using terminal = new Terminal();
    terminal.failWith(DISMISSED);
    const under = ["sh", "-c", 'script -qec "$(printf "\'%s\' " "$0" "$@")" /dev/null'];
    const { stdout } = await terminal.run(["env"], { under, env: { TERM: "dumb" } });
    assertEquals(withoutNotice(stdout).replaceAll("\r", ""), REFUSED);
  },
});

Deno.test("CLAUDE_DEBUG is 0 or 1, and nothing else in silence", async () => {
  using terminal = new Terminal();
  for (const value of ["true", "yes", "2"]) {
    assertEquals(await terminal.run(["get"], { env: { CLAUDE_DEBUG: value } }), {
      stdout: "",
      stderr: `claude-key: error: CLAUDE_DEBUG is "${value}", which is neither 0 nor 1\n` +
        "claude-key: hint: correct the environment variable CLAUDE_DEBUG\n",
      status: 2,
    });
  }
  assertEquals((await terminal.run(["get"], { env: { CLAUDE_DEBUG: "0" } })).stderr, "");
});

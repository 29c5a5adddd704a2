import { assertEquals } from "@std/assert";
import {
  appendCommand,
  moveCommand,
  signInCommand,
  unsetCommand,
} from "../../lib/text/typed_commands.ts";
import { until } from "../support/deadline.ts";
import { NO_MODES, NO_POSIX_SHELL, testOfUnix } from "../support/skips.ts";
import { join } from "../support/join.ts";
import { abilitiesAfter } from "../support/confined.ts";
import { program } from "../support/program.ts";
import { KEY, OP, Terminal } from "../support/terminal.ts";
import { TerminalDevice, withoutNotice } from "../support/terminal_device.ts";
import { inTeam } from "../support/team.ts";
import { lacks } from "../support/tools.ts";

const test = testOfUnix("doctor at a terminal device, and modes");

const FILE = "~/.config/claude/local.env";
const GATEWAY = "LITELLM_BASE_URL=https://litellm.example.com\n";
const ADA = { url: "team.1password.com", email: "ada@example.com", user_uuid: "UADA" };
const BOB = { url: "other.1password.com", email: "bob@example.com", user_uuid: "UBOB" };

const SETTINGS = `\
OP_ITEM               op://Work/litellm            ~/.config/claude/local.env, line 1
OP_FIELD              API Key                      default
OP_ACCOUNT            not set
LITELLM_BASE_URL      https://litellm.example.com  ~/.config/claude/local.env, line 2
CLAUDE_KEY_TTL        12h                          default
CLAUDE_KEY_CACHE_DIR  ~/.cache/claude              default
`;

/** How it ends where nobody could be asked and nothing else is wrong. */
const UNREAD = [
  "skipped  reading: not tried, as 1Password may ask for approval",
  "         fix: claude-key doctor --yes",
  "",
  "nothing is wrong, but the key was not read",
];

/** What there is to say where nothing is wrong. */
function allWell(terminal: Terminal): string {
  return terminal.shown(`\
ok       configuration: op://Work/litellm/API Key
${terminal.shownTable(SETTINGS).replace(/^(?=.)/gm, "         ")}\
ok       gateway: https://litellm.example.com
ok       environment: no variables get in each other's way
ok       Claude settings: no settings file of Claude Code touches the key
ok       op: version 2.31.0
ok       account: ada@example.com at team.1password.com
ok       sign-in: op is signed in
ok       cache folder: ~/.cache/claude is ${NO_MODES ? "in your profile" : "closed to others"}
ok       cache writing: a file was written whole
ok       clock: it agrees with the times of files
ok       confinement: in force
         read and write: ~/.cache/claude
         run: op
         no network, no environment, no other file or program, no foreign code
ok       reading: op://Work/litellm/API Key holds a key

nothing is wrong
`);
}

/** A terminal at which nothing is wrong. */
function healthy(localEnv = `OP_ITEM="op://Work/litellm"\n${GATEWAY}`): Terminal {
  const terminal = new Terminal(localEnv);
  terminal.answer("--version", "2.31.0\n");
  terminal.answer("account-list", JSON.stringify([ADA]));
  terminal.answer("whoami", "URL: https://team.1password.com\n");
  return terminal;
}

/** Writes what doctor has printed as it would on Unix, where the paths are shorter. */
function asOnUnix(terminal: Terminal, printed: string): string {
  return [FILE, "~/.cache/claude", "~/"].reduce(
    (text, path) => text.replaceAll(terminal.shown(path), path),
    printed,
  ).replaceAll(terminal.root, "ROOT").replace(/~\/\S*/g, (path) => path.replaceAll("\\", "/"));
}

/** The lines of a run that tell of something else than that all is well. */
async function complaints(
  terminal: Terminal,
  env: Record<string, string> = {},
): Promise<{ lines: string[]; status: number }> {
  const { stdout, stderr, status } = await terminal.run(["doctor", "--yes"], { env });
  const shown = asOnUnix(terminal, stdout).split("\n");
  const lines = shown.filter((line, index) =>
    /^(?:warning|problem|skipped) /.test(line) || /^ {9}(?:fix|by hand): /.test(line) ||
    index === shown.length - 2
  );
  return { lines: stderr === "" ? lines : [...lines, stderr], status };
}

Deno.test("doctor has an ok for everything when nothing is wrong", async () => {
  using terminal = healthy();
  assertEquals(await terminal.run(["doctor", "--yes"]), {
    stdout: allWell(terminal),
    stderr: "",
    status: 0,
  });
  assertEquals(terminal.calls, [
    "--version",
    "account list --format json",
    "whoami",
    "read op://Work/litellm/API Key",
  ]);
  assertEquals(terminal.cached, []);
});

Deno.test("doctor without a terminal does not read unless --yes is given", async () => {
  using terminal = healthy();
  const { stdout, stderr, status } = await terminal.run(["doctor"]);
  assertEquals({ end: stdout.split("\n").slice(-5), stderr, status }, {
    end: [...UNREAD, ""],
    stderr: "",
    status: 0,
  });
  assertEquals(terminal.calls.some((call) => call.startsWith("read")), false);
});

test("doctor asks at a terminal before it reads", { ignore: lacks("script") }, async () => {
  for (
    const [answer, reads, message] of [
      ["\n", 1, "ok       reading: op://Work/litellm/API Key holds a key"],
      ["n\n", 0, "skipped  reading: you said no"],
    ] as const
  ) {
    using terminal = healthy();
    const device = new TerminalDevice(terminal, ["doctor"]);
    await until("the question", () => device.screen.includes("[Y/n]"));
    await device.type(answer);
    assertEquals(await device.ended(), 0);
    assertEquals(
      withoutNotice(device.screen).split(" [Y/n]")[0],
      "claude-key: read op://Work/litellm/API Key now? 1Password may ask you to approve it.",
    );
    assertEquals(device.stdout.split("\n").at(-4), message);
    assertEquals(terminal.calls.filter((call) => call.startsWith("read")).length, reads);
  }
});

test("doctor asks nobody where the question would not be seen", {
  ignore: lacks("script"),
}, async () => {
  using terminal = healthy();
  const under = ["sh", "-c", 'script -qec "$(printf "\'%s\' " "$0" "$@") 2>said" /dev/null'];
  const env = { NO_COLOR: "1" };
  const { stdout, stderr, status } = await terminal.run(["doctor"], { under, env });
  const said = Deno.readTextFileSync(join(terminal.home, "said"));
  assertEquals({ end: stdout.split("\r\n").slice(-5), said, stderr, status }, {
    end: [...UNREAD, ""],
    said: "",
    stderr: "",
    status: 0,
  });
});

test("Ctrl-C at the question ends doctor", { ignore: lacks("script") }, async () => {
  using terminal = healthy();
  const device = new TerminalDevice(terminal, ["doctor"]);
  await until("the question", () => device.screen.includes("[Y/n]"));
  await device.type("\x03");
  assertEquals(await device.ended(), 130);
  assertEquals(device.screen.split("[Y/n] ")[1], "^C\r\nclaude-key: error: interrupted\r\n");
});

test("doctor colours verdicts on a terminal only, and never with NO_COLOR", {
  ignore: lacks("script"),
}, async () => {
  using terminal = healthy();
  const under = ["sh", "-c", 'script -qec "$(printf "\'%s\' " "$0" "$@")" /dev/null'];
  for (
    const [env, first] of [
      [{}, "\x1b[32mok     \x1b[0m  configuration"],
      [{ NO_COLOR: "1" }, "ok       configuration"],
    ] as const
  ) {
    const { stdout } = await terminal.run(["doctor", "--yes"], { under, env });
    assertEquals(stdout.split(":")[0], first);
  }
});

Deno.test("doctor --json has a stable shape, and never the key", async () => {
  using terminal = healthy();
  const args = ["doctor", "--json", "--yes"];
  const { stdout, stderr, status } = await terminal.run(args, { env: { ANTHROPIC_API_KEY: KEY } });
  const { version, ok, checks } = JSON.parse(stdout);
  assertEquals({ version, ok, stderr, status }, { version: 1, ok: false, stderr: "", status: 1 });
  assertEquals(checks.map(({ check, verdict }: Record<string, string>) => [check, verdict]), [
    ["configuration", "ok"],
    ["gateway", "ok"],
    ["environment", "warning"],
    ["Claude settings", "ok"],
    ["op", "ok"],
    ["account", "ok"],
    ["sign-in", "ok"],
    ["cache folder", "ok"],
    ["cache writing", "ok"],
    ["clock", "ok"],
    ["confinement", "ok"],
    ["reading", "ok"],
  ]);
  assertEquals(checks[2], {
    check: "environment",
    verdict: "warning",
    message: "ANTHROPIC_API_KEY is set beside ANTHROPIC_AUTH_TOKEN",
    fix: unsetCommand(["ANTHROPIC_API_KEY"]),
    command: true,
    details: [],
  });
  assertEquals(stdout.includes(KEY), false);
});

Deno.test("doctor on a machine with nothing finds all that is missing", async () => {
  using terminal = new Terminal("");
  Deno.removeSync(join(terminal.bin, OP));
  assertEquals(await complaints(terminal), {
    lines: [
      "problem  configuration: OP_ITEM is not set, so there is no secret to read",
      "         by hand: answer a few questions: claude-key setup",
      "warning  gateway: LITELLM_BASE_URL is not set, so that Claude Code talks to Anthropic instead",
      `         fix: ${appendCommand(FILE, 'LITELLM_BASE_URL="https://litellm.example.com"')}`,
      "problem  op: op, the 1Password CLI, is in no folder of PATH",
      Deno.build.os === "windows"
        ? "         by hand: install it: winget install AgileBits.1Password.CLI"
        : "         by hand: install it: https://developer.1password.com/docs/cli/get-started",
      "skipped  account: there is no op",
      "skipped  sign-in: there is no op",
      "skipped  reading: the configuration does not say what to read",
      "2 problems, 1 warning",
    ],
    status: 1,
  });
});

Deno.test("a broken configuration is a finding of doctor, not its end", async () => {
  using terminal = healthy("OP_ITEM=op://Work/litellm\nnonsense\n");
  assertEquals(await complaints(terminal, { ANTHROPIC_API_KEY: "sk-hidden" }), {
    lines: [
      "problem  configuration: ~/.config/claude/local.env, line 2: is not NAME=VALUE",
      '         by hand: write NAME="VALUE" there, or put a # in front',
      "skipped  gateway: the configuration cannot be read",
      "warning  environment: ANTHROPIC_API_KEY is set beside ANTHROPIC_AUTH_TOKEN",
      `         fix: ${unsetCommand(["ANTHROPIC_API_KEY"])}`,
      "skipped  reading: the configuration does not say what to read",
      "1 problem, 1 warning",
    ],
    status: 1,
  });
  terminal.writeLocalEnv(`OP_ITEM=op://Work/litellm\nCLAUDE_KEY_CACHE_DIR=tmp\n${GATEWAY}`);
  assertEquals((await complaints(terminal)).lines, [
    'problem  configuration: CLAUDE_KEY_CACHE_DIR is "tmp", which is not an absolute path',
    Deno.build.os === "windows"
      ? "         by hand: write the whole path with its drive, as in C:\\Users; " +
        "%USERPROFILE% is not expanded"
      : "         by hand: write the whole path; ~ and $HOME are not expanded",
    "skipped  cache folder: the configuration does not say where it is",
    "skipped  reading: the configuration does not say what to read",
    "1 problem",
  ]);
});

Deno.test(
  "doctor says why the key cannot be read, and passes on what op says",
  async () => {
    using terminal = healthy(`OP_ITEM=op://Work/litellm/Token\n${GATEWAY}`);
    const words = "[ERROR] 2026/01/31 12:00:00 could not read secret 'op://Work/litellm/Token': " +
      "item 'Work/litellm' does not have a field 'Token'\n";
    assertEquals(await complaints(terminal), {
      lines: [
        'problem  reading: 1Password has no field "Token" in op://Work/litellm',
        "         by hand: field names are case-sensitive; set OP_ITEM in ~/.config/claude/local.env",
        "1 problem",
        words,
      ],
      status: 1,
    });
  },
);

Deno.test("doctor goes on when op fails at everything", async () => {
  using terminal = healthy();
  terminal.failWith("[ERROR] 2026/01/31 12:00:00 You are not currently signed in");
  assertEquals((await complaints(terminal)).lines, [
    "problem  op: op is not signed in to 1Password",
    `         by hand: unlock the 1Password app, or sign in: ${signInCommand()}`,
    "problem  account: op is not signed in to 1Password",
    `         by hand: unlock the 1Password app, or sign in: ${signInCommand()}`,
    "problem  reading: op is not signed in to 1Password",
    `         by hand: unlock the 1Password app, or sign in: ${signInCommand()}`,
    "3 problems",
    "[ERROR] 2026/01/31 12:00:00 You are not currently signed in\n",
  ]);
});

Deno.test("doctor tries the project's own field first", async () => {
  using terminal = healthy();
  const env = { CLAUDE_KEY_PROJECT_FIELDS: "1", CLAUDE_PROJECT: "zebra" };
  assertEquals(await complaints(terminal, env), { lines: ["nothing is wrong"], status: 0 });
  assertEquals(terminal.calls.slice(-2), [
    "read op://Work/litellm/zebra",
    "read op://Work/litellm/API Key",
  ]);
  // Where the first is refused for another reason, a second one would be a second prompt.
  terminal.failWith("[ERROR] 2026/01/31 12:00:00 You are not currently signed in");
  await complaints(terminal, env);
  assertEquals(terminal.calls.at(-1), "read op://Work/litellm/zebra");
});

test("of a variable that a line hands on, doctor names the place that counts", async () => {
  const line = "ANTHROPIC_API_KEY=sk-hidden\n";
  using terminal = healthy(`OP_ITEM=op://Work/litellm\n${GATEWAY}${line}`);
  const found = "warning  environment: ANTHROPIC_API_KEY is set beside ANTHROPIC_AUTH_TOKEN";
  assertEquals((await complaints(terminal, { ANTHROPIC_API_KEY: "sk-hidden" })).lines, [
    found,
    "         fix: unset ANTHROPIC_API_KEY",
    "1 warning",
  ]);
  const program = inTeam(terminal, `${GATEWAY}${line}`);
  const { stdout, status } = await terminal.run(["doctor", "--yes"], { program });
  const [, cure] = stdout.slice(stdout.indexOf(found)).split("\n");
  assertEquals([cure, status], [
    "         by hand: remove it from ~/.config/claude/local.env, line 3",
    1,
  ]);
});

Deno.test("doctor wants a choice among accounts, and one that op has", async () => {
  using terminal = healthy();
  terminal.answer("account-list", JSON.stringify([ADA, BOB]));
  assertEquals((await complaints(terminal)).lines, [
    "warning  account: op has 2 and chooses, as OP_ACCOUNT is not set",
    `         fix: ${appendCommand(FILE, 'OP_ACCOUNT="team.1password.com"')}`,
    "1 warning",
  ]);
  assertEquals((await complaints(terminal, { OP_ACCOUNT: "other" })).lines, ["nothing is wrong"]);
  assertEquals((await complaints(terminal, { OP_ACCOUNT: "third" })).lines, [
    'problem  account: op has no account "third"',
    "         by hand: set the environment variable OP_ACCOUNT to team.1password.com or other.1password.com",
    "1 problem",
  ]);
  assertEquals(terminal.calls.at(-2), "whoami --account third");
});

Deno.test("doctor asks nothing of op that a token does not allow", async () => {
  using terminal = healthy();
  const service = { OP_SERVICE_ACCOUNT_TOKEN: "ops_hidden" };
  assertEquals(await complaints(terminal, service), { lines: ["nothing is wrong"], status: 0 });
  assertEquals(terminal.calls.slice(0, 2), ["--version", "whoami"]);
  const connect = { OP_CONNECT_HOST: "https://connect", OP_CONNECT_TOKEN: "hidden" };
  assertEquals(await complaints(terminal, connect), {
    lines: ["skipped  sign-in: Connect has none", "nothing is wrong"],
    status: 0,
  });
  assertEquals(terminal.calls.slice(3), ["--version", "read op://Work/litellm/API Key"]);
});

test("doctor shows op no key, nor an account beside a token", {
  ignore: NO_POSIX_SHELL,
}, async () => {
  using terminal = healthy();
  terminal.runInstead(
    'echo "$* [$ANTHROPIC_AUTH_TOKEN][$OWN_TOKEN][$OP_ACCOUNT][$MINE]" >>"$here/seen"',
  );
  const env = {
    ANTHROPIC_AUTH_TOKEN: KEY,
    CLAUDE_KEY_VAR: "OWN_TOKEN",
    OWN_TOKEN: KEY,
    OP_ACCOUNT: "team",
    MINE: "mine",
  };
  const seen = join(terminal.bin, "seen");
  const sees = async (more: Record<string, string>): Promise<string[]> => {
    await terminal.run(["doctor", "--yes"], { env: { ...env, ...more } });
    const lines = Deno.readTextFileSync(seen).trimEnd().split("\n");
    Deno.removeSync(seen);
    return lines;
  };
  assertEquals(await sees({}), [
    "--version [][][team][mine]",
    "account list --format json [][][team][mine]",
    "whoami --account team [][][team][mine]",
    "read op://Work/litellm/API Key --account team [][][team][mine]",
  ]);
  assertEquals(await sees({ OP_SERVICE_ACCOUNT_TOKEN: "ops_hidden" }), [
    "--version [][][][mine]",
    "whoami [][][][mine]",
    "read op://Work/litellm/API Key [][][][mine]",
  ]);
});

test(
  "doctor finds settings of Claude Code that win over the key or lose",
  { ignore: NO_POSIX_SHELL },
  async () => {
    using terminal = healthy();
    const elsewhere = join(terminal.home, "elsewhere");
    for (const folder of [".claude", "elsewhere", "project/.claude"]) {
      Deno.mkdirSync(join(terminal.home, folder), { recursive: true });
    }
    const user = join(terminal.home, ".claude", "settings.json");
    const program = join(terminal.bin, "claude-key");
    Deno.writeTextFileSync(program, "", { mode: 0o755 });
    const helper = `PATH=${terminal.bin}:$PATH ${program} get`;
    const env = { ANTHROPIC_BASE_URL: "https://litellm.example.com" };
    Deno.writeTextFileSync(user, JSON.stringify({ apiKeyHelper: helper, env }));
    assertEquals((await complaints(terminal)).lines, ["nothing is wrong"]);
    for (const name of ["ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_API_KEY"]) {
      assertEquals((await complaints(terminal, { [name]: "x" })).lines, [
        `warning  environment: ${name} switches apiKeyHelper off`,
        `         fix: ${unsetCommand([name])}`,
        "1 warning",
      ]);
    }
    Deno.removeSync(user);
    Deno.writeTextFileSync(
      join(elsewhere, "settings.json"),
      '{"env": {"ANTHROPIC_AUTH_TOKEN": "sk-hidden"}, "apiKeyHelper": "echo sk-hidden"}',
    );
    assertEquals((await complaints(terminal, { CLAUDE_CONFIG_DIR: elsewhere })).lines, [
      "problem  Claude settings: ANTHROPIC_AUTH_TOKEN in ~/elsewhere/settings.json wins over the key",
      '         by hand: remove ANTHROPIC_AUTH_TOKEN from "env" in ~/elsewhere/settings.json',
      "warning  Claude settings: apiKeyHelper in ~/elsewhere/settings.json is not claude-key, and " +
      "counts unless ANTHROPIC_AUTH_TOKEN is exported",
      "         fix: claude-key setup --api-key-helper --yes",
      "1 problem, 1 warning",
    ]);
    const cwd = join(terminal.home, "project");
    Deno.writeTextFileSync(join(cwd, ".claude", "settings.local.json"), "{");
    const { stdout } = await terminal.run(["doctor"], { cwd });
    const lines = asOnUnix(terminal, stdout).split("\n");
    assertEquals(lines.filter((line) => line.startsWith("warning")), [
      "warning  Claude settings: ~/project/.claude/settings.local.json is not a JSON object",
    ]);
  },
);

test("doctor finds a cache folder of Windows that is outside of the profile", {
  ignore: !NO_MODES,
}, async () => {
  using terminal = healthy();
  const elsewhere = join(terminal.root, "elsewhere");
  assertEquals((await complaints(terminal, { CLAUDE_KEY_CACHE_DIR: elsewhere })).lines, [
    "warning  cache folder: ROOT\\elsewhere is not in your profile, " +
    "so that others may be able to read there",
    `         fix: ${unsetCommand(["CLAUDE_KEY_CACHE_DIR"])}`,
    "1 warning",
  ]);
});

test("doctor finds a cache folder that others can reach", { ignore: NO_MODES }, async () => {
  using terminal = healthy();
  Deno.mkdirSync(terminal.cache, { recursive: true });
  for (
    const [mode, expected] of [
      [0o755, [
        "warning  cache folder: others can look into ~/.cache/claude",
        "         fix: chmod 700 ~/.cache/claude",
        "1 warning",
      ]],
      [0o777, [
        "problem  cache folder: ~/.cache/claude is open to writing by others",
        "         fix: chmod 700 ~/.cache/claude && claude-key clear --all",
        "skipped  cache writing: no key is kept where others can write",
        "1 problem",
      ]],
    ] as const
  ) {
    Deno.chmodSync(terminal.cache, mode);
    assertEquals((await complaints(terminal)).lines, [...expected]);
  }
});

Deno.test(
  "doctor finds a file in the place of the cache folder, and a cached file from the future",
  async () => {
    using terminal = healthy();
    await terminal.run(["get"]);
    const future = new Date(Date.now() + (2 * 60 * 60 + 30 * 60 + 55) * 1000);
    Deno.utimeSync(terminal.keyFile, future, future);
    assertEquals((await complaints(terminal)).lines, [
      "warning  clock: a cached file is dated 2 h 30 min ahead",
      "         fix: claude-key clear --all",
      "1 warning",
    ]);
    Deno.removeSync(terminal.cache, { recursive: true });
    Deno.writeTextFileSync(terminal.cache, "");
    assertEquals((await complaints(terminal)).lines, [
      "problem  cache folder: ~/.cache/claude is not a folder",
      `         fix: ${moveCommand("~/.cache/claude", "~/.cache/claude.old")}`,
      "1 problem",
    ]);
  },
);

test("doctor finds that the disk takes no whole key", { ignore: NO_POSIX_SHELL }, async () => {
  using terminal = healthy();
  // A limit on the size of files, in blocks of 512 bytes, is as good as a full disk.
  const under = ["sh", "-c", 'trap "" XFSZ; ulimit -f 8; exec "$0" "$@"'];
  const { stdout, status } = await terminal.run(["doctor", "--yes"], { under });
  assertEquals(stdout.split("\n").filter((line) => line.startsWith("problem")), [
    "problem  cache writing: nothing can be written in ~/.cache/claude: " +
    "File too large (os error 27)",
  ]);
  assertEquals([status, Array.from(Deno.readDirSync(terminal.cache))], [1, []]);
});

test("doctor finds a cache folder where Deno lets nobody write", {
  ignore: Deno.build.os !== "linux",
}, async () => {
  using terminal = healthy(
    `OP_ITEM="op://Work/litellm"\n${GATEWAY}CLAUDE_KEY_CACHE_DIR=/proc/cache\n`,
  );
  assertEquals((await complaints(terminal)).lines, [
    "problem  cache folder: /proc/cache is out of reach, " +
    "as it is the system's or has an op in or below it",
    "         fix: echo 'CLAUDE_KEY_CACHE_DIR=\"ROOT/home/.cache/claude\"' >> " +
    "~/.config/claude/local.env",
    "1 problem",
  ]);
});

Deno.test("doctor finds lines of local.env that have no effect", async () => {
  using terminal = healthy(
    `OP_ITEM=op://Work/litellm\n${GATEWAY}CLAUDE_KEY_TLL=3h\nCLAUDE_KEY_COLOUR=red\nTEAM=a\n` +
      "export ANTHROPIC_MODEL=opus\n",
  );
  const idle = (name: string, line: number, reason: string, cure: string): string[] => [
    `warning  configuration: ${name} in ~/.config/claude/local.env, line ${line}, has no effect: ` +
    reason,
    `         by hand: ${cure}`,
  ];
  assertEquals((await complaints(terminal, { ANTHROPIC_MODEL: "sonnet" })).lines, [
    ...idle("CLAUDE_KEY_TLL", 3, "no setting of claude-key", "write CLAUDE_KEY_TTL"),
    ...idle("CLAUDE_KEY_COLOUR", 4, "no setting of claude-key", "remove it"),
    ...idle("TEAM", 5, "not handed on without export", "write export TEAM=…"),
    ...idle(
      "ANTHROPIC_MODEL",
      6,
      "overridden by the environment",
      unsetCommand(["ANTHROPIC_MODEL"]),
    ),
    "4 warnings",
  ]);
});

Deno.test("doctor leaves nothing in the cache folder but the folder", async () => {
  using terminal = healthy();
  await terminal.run(["doctor", "--yes"]);
  assertEquals(Array.from(Deno.readDirSync(terminal.cache)), []);
  if (!NO_MODES) assertEquals((Deno.statSync(terminal.cache).mode ?? 0) & 0o777, 0o700);
});

Deno.test("from source, doctor finds that it was started without limits", {
  ignore: Deno.env.has("CLAUDE_KEY_BIN"),
}, async () => {
  using terminal = healthy();
  const limited = program();
  const args = limited.args.map((arg) => arg.startsWith("--allow-read") ? "--allow-all" : arg)
    .filter((arg) => arg === "--allow-all" || !arg.startsWith("--allow-"));
  const { stdout, status } = await terminal.run(["doctor"], { program: { ...limited, args } });
  const [line, fix] = stdout.slice(stdout.indexOf("problem")).split("\n");
  assertEquals([line, fix, status], [
    "problem  confinement: this process can read every file, write every file, run other programs " +
    "than op, use the network, load libraries",
    "         by hand: run the released binary, or from source: deno task start doctor",
    1,
  ]);
});

Deno.test(
  "doctor ends able to reach its cache folder and op, and nothing else",
  async () => {
    using terminal = healthy();
    await terminal.run(["get"]);
    assertEquals(await abilitiesAfter(terminal, ["doctor"]), [
      "write in the cache",
      "read in the cache",
      "remove in the cache",
      "run op",
    ]);
  },
);

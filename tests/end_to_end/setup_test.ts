import { assertEquals, assertStringIncludes } from "@std/assert";
import { until } from "../support/deadline.ts";
import { INSTALL_VERSION_2 } from "../../lib/op/version.ts";
import { NO_LINKS, testOfUnix, TYPE_ENDS_AT_NUL_IN_WINE } from "../support/skips.ts";
import { join } from "../support/join.ts";
import { program } from "../support/program.ts";
import { inTeam, teamFile } from "../support/team.ts";
import { KEY, type Run, Terminal, withEmpty, withoutPrivilege } from "../support/terminal.ts";
import { TerminalDevice, withoutNotice } from "../support/terminal_device.ts";
import { ignoresPermissions, lacks } from "../support/tools.ts";

const test = testOfUnix("setup at a terminal device, links and modes");

const UNIX = Deno.build.os !== "windows";
const BASH = { SHELL: "/bin/bash" };
const ALICE = { email: "alice@example.com", url: "example.1password.com", user_uuid: "ALICE1" };
const BOB = { email: "bob@example.org", url: "other.1password.eu", user_uuid: "BOB1" };
const WORK = { id: "v1", name: "Work" };
const PRIVATE = { id: "v2", name: "Private" };
const LITELLM = { id: "i1", title: "litellm" };

/** What `op item get` prints holds every value. */
const FIELDS = [
  { id: "username", type: "STRING", label: "username", value: "alice" },
  { id: "notesPlain", type: "STRING", purpose: "NOTES", label: "notesPlain", value: "secret note" },
  { id: "f1", type: "CONCEALED", label: "API Key", value: KEY },
];

const DONE = "done; to give the variables to your shell, type:\n";
const EVAL = 'eval "$(claude-key env || echo false)"\n';

/** A terminal without `local.env`, whose 1Password has one account, one vault and one item. */
function newcomer(localEnv: string | null = null): Terminal {
  const terminal = new Terminal(localEnv);
  terminal.answer("--version", "2.31.1\n");
  terminal.answer("account-list", JSON.stringify([ALICE]));
  terminal.answer("vault-list", JSON.stringify([WORK]));
  terminal.answer("item-list", JSON.stringify([LITELLM]));
  terminal.answer("item-get", JSON.stringify({ ...LITELLM, fields: FIELDS }));
  return terminal;
}

async function setUp(
  terminal: Terminal,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Run> {
  const run = await terminal.run(["setup", ...args], { env: { ...BASH, ...env } });
  const said = run.stdout + run.stderr;
  assertEquals([KEY, "alice\n", "secret note"].filter((secret) => said.includes(secret)), []);
  return run;
}

function configuration(terminal: Terminal): string {
  return Deno.readTextFileSync(terminal.localEnv);
}

function exists(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

/** A path as messages show it. */
function shown(terminal: Terminal, path: string): string {
  return UNIX ? path.replace(terminal.home, "~") : path;
}

function claudeSettings(terminal: Terminal): string {
  return join(terminal.home, ".claude", "settings.json");
}

function error(message: string, ...hints: string[]): string {
  return [`error: ${message}`, ...hints.map((hint) => `hint: ${hint}`)]
    .map((line) => `claude-key: ${line}\n`).join("");
}

Deno.test("with every answer as an option, setup asks nothing and lists nothing", async () => {
  using terminal = newcomer();
  const options = ["--account", "ada@example.com", "--vault=Work", "--item=litellm", "--yes"];
  const url = "https://litellm.example.com";
  assertEquals(await setUp(terminal, [...options, "--field", "API Key", "--url", url]), {
    stdout: EVAL,
    stderr: "op://Work/litellm/API Key can be read\n" +
      `${shown(terminal, terminal.localEnv)} will say:\n` +
      '    OP_ACCOUNT="ada@example.com"\n' +
      '    OP_ITEM="op://Work/litellm"\n' +
      '    OP_FIELD="API Key"\n' +
      '    LITELLM_BASE_URL="https://litellm.example.com"\n' + DONE,
    status: 0,
  });
  assertEquals(terminal.calls, [
    "--version",
    "read op://Work/litellm/API Key --account ada@example.com",
  ]);
  assertEquals(
    configuration(terminal),
    'OP_ACCOUNT="ada@example.com"\nOP_ITEM="op://Work/litellm"\nOP_FIELD="API Key"\n' +
      'LITELLM_BASE_URL="https://litellm.example.com"\n',
  );
  assertEquals(await terminal.run(["get"]), { stdout: `${KEY}\n`, stderr: "", status: 0 });
  assertEquals(terminal.calls.length, 2);
});

Deno.test("setup keeps no key where none is to be cached", async () => {
  using terminal = newcomer();
  const options = ["--vault=Work", "--item=litellm", "--field=API Key", "--yes"];
  const { status } = await setUp(terminal, options, { CLAUDE_KEY_TTL: "0" });
  assertEquals([status, exists(terminal.cache)], [0, false]);
  assertEquals(terminal.calls.at(-1)?.startsWith("read "), true);
});

Deno.test("the configuration is written also where the way to it is odd and not there yet", async () => {
  for (const way of ["new/.", "new/deep/..", "new/"]) {
    using terminal = newcomer();
    const env = { [UNIX ? "XDG_CONFIG_HOME" : "APPDATA"]: `${terminal.root}/${way}` };
    const { stderr, status } = await setUp(
      terminal,
      ["--vault=Work", "--item=litellm", "--yes"],
      env,
    );
    assertEquals([status, stderr.includes("error")], [0, false], stderr);
    assertEquals(exists(join(terminal.root, "new", "claude", "local.env")), true);
  }
});

Deno.test("the only account and the only vault are taken, and said", async () => {
  using terminal = newcomer();
  const { stdout, stderr, status } = await setUp(terminal, ["--item", "litellm"]);
  assertEquals([stdout, status], [EVAL, 0]);
  assertStringIncludes(
    stderr,
    "account: alice@example.com (example.1password.com), the only one\n" +
      "vault: Work, the only one\nop://Work/litellm/API Key can be read\n",
  );
  assertEquals(
    configuration(terminal),
    'OP_ACCOUNT="example.1password.com"\nOP_ITEM="op://Work/litellm"\nOP_FIELD="API Key"\n',
  );
});

const NO_GATEWAY = "claude-key: warning: no gateway is named, so that Claude Code talks " +
  "to Anthropic: claude-key setup --url URL\n";

Deno.test("setup warns where nothing names the gateway", async () => {
  for (
    const [localEnv, args, env, warned] of [
      [null, [], {}, true],
      [null, ["--url=https://litellm.example.com"], {}, false],
      [null, [], { ANTHROPIC_BASE_URL: "https://litellm.example.com" }, false],
      ["ANTHROPIC_BASE_URL=https://litellm.example.com\n", [], {}, false],
      ["LITELLM_BASE_URL=https://litellm.example.com\n", [], {}, false],
    ] as const
  ) {
    using terminal = newcomer(localEnv);
    const { stderr, status } = await setUp(terminal, ["--yes", "--item=litellm", ...args], env);
    assertEquals([stderr.includes(NO_GATEWAY), status], [warned, 0], stderr);
  }
});

Deno.test("what is missing and cannot be asked for is an error that names the option", async () => {
  using terminal = newcomer();
  terminal.answer("vault-list", JSON.stringify([WORK, PRIVATE]));
  assertEquals(await setUp(terminal, ["--yes"]), {
    stdout: "",
    stderr: "account: alice@example.com (example.1password.com), the only one\n" +
      error("the vault is not said, and there are 2", 'add --vault; there are "Private", "Work"'),
    status: 2,
  });
  assertEquals(await setUp(terminal, ["--account", "a", "--vault", "Work"]), {
    stdout: "",
    stderr: error(
      "the item is not said",
      "add --item NAME",
      "or answer questions at a terminal: claude-key setup",
    ),
    status: 2,
  });
  terminal.answer("account-list", JSON.stringify([ALICE, BOB]));
  assertEquals(await setUp(terminal, []), {
    stdout: "",
    stderr: error(
      "the account is not said, and there are 2",
      'add --account; there are "example.1password.com", "other.1password.eu"',
    ),
    status: 2,
  });
  assertEquals(exists(terminal.localEnv), false);
});

Deno.test("answers that cannot be right are refused before 1Password is asked", async () => {
  using terminal = newcomer();
  const cases: readonly (readonly [string[], string])[] = [
    [["--url", "litellm.example.com"], '--url is "litellm.example.com", which is not an http or'],
    [["--item", "op://Work"], '--item is "op://Work", which names no item'],
    [["--item", "op://W/i", "--vault", "W"], '--item is "op://W/i", which names a vault already'],
    [["--item=op://W/i/f", "--field=g"], '--item is "op://W/i/f", which names a field already'],
    [["--account", "a\tb"], 'the configuration file cannot hold OP_ACCOUNT "a\\x09b"'],
  ];
  await Promise.all(cases.map(async ([args, message]) => {
    const options = ["--vault=V", "--item=i", "--account=a"].filter((option) =>
      !args.some((arg) => arg.startsWith("--item") || option.startsWith(arg))
    );
    const { stdout, stderr, status } = await setUp(terminal, [...options, ...args]);
    assertStringIncludes(stderr, `claude-key: error: ${message}`);
    assertEquals([stdout, status], ["", 2]);
  }));
  assertEquals(terminal.calls.filter((call) => call !== "--version"), []);
  assertEquals(exists(terminal.localEnv), false);
});

Deno.test("a whole reference is answer enough, and names that it cannot hold become IDs", async () => {
  using terminal = newcomer();
  terminal.setField("Work/litellm/keys/prod", `${KEY}\n`);
  await setUp(terminal, ["--account=a", "--item", "op://Work/litellm/keys/prod"]);
  assertEquals(
    configuration(terminal),
    'OP_ACCOUNT="a"\nOP_ITEM="op://Work/litellm"\nOP_FIELD="keys/prod"\n',
  );

  terminal.answer("vault-list", JSON.stringify([{ id: "v9", name: "R&D" }]));
  terminal.answer("item-list", JSON.stringify([{ id: "i9", title: "Alice's key" }]));
  const odd = { id: "f9", type: "CONCEALED", label: "key (new)", value: KEY };
  terminal.answer("item-get", JSON.stringify({ fields: [...FIELDS, odd] }));
  terminal.setField("v9/i9/f9", `${KEY}\n`);
  const { status } = await setUp(terminal, [
    ...["--account=a", "--vault=R&D", "--item=Alice's key", "--field=key (new)"],
  ]);
  assertEquals(status, 0);
  assertEquals(configuration(terminal), 'OP_ACCOUNT="a"\nOP_ITEM="op://v9/i9"\nOP_FIELD="f9"\n');

  const twins = ["Prod", "Test"].map((label, index) => ({
    ...odd,
    id: `f${index}`,
    section: { id: `s${index}`, label },
  }));
  terminal.answer("item-get", JSON.stringify({ fields: twins }));
  terminal.setField("v9/i9/Test/f1", `${KEY}\n`);
  const ofSection = ["--account=a", "--vault=R&D", "--item=Alice's key"];
  assertEquals((await setUp(terminal, [...ofSection, "--field=Test/key (new)"])).status, 0);
  assertEquals(
    configuration(terminal),
    'OP_ACCOUNT="a"\nOP_ITEM="op://v9/i9"\nOP_FIELD="Test/f1"\n',
  );

  const { stderr } = await setUp(terminal, ["--account=a", "--vault=Q&A", "--item=i"]);
  assertEquals(
    stderr,
    error('1Password has no vault "Q&A"', "see what there is: claude-key setup"),
  );
});

Deno.test("foreign lines, comments, order and line endings stay, and the file becomes private", async () => {
  const before = "# mine\r\nexport OP_ITEM=op://Old/one # team\r\n" +
    "ANTHROPIC_MODEL='opus'\r\n\r\nCLAUDE_KEY_TTL=1h\r\n";
  using terminal = newcomer(before);
  if (UNIX) Deno.chmodSync(terminal.localEnv, 0o644);
  assertEquals((await setUp(terminal, ["--account=a", "--item=op://Work/litellm"])).status, 0);
  assertEquals(
    configuration(terminal),
    before.replace("=op://Old/one", '="op://Work/litellm"') +
      'OP_ACCOUNT="a"\r\nOP_FIELD="API Key"\r\n',
  );
  if (UNIX) assertEquals((Deno.statSync(terminal.localEnv).mode ?? 0) & 0o777, 0o600);
  assertEquals(Array.from(Deno.readDirSync(join(terminal.localEnv, "..")), ({ name }) => name), [
    "local.env",
  ]);
});

Deno.test("what is configured already need not be said again", async () => {
  using terminal = newcomer('OP_ACCOUNT=a\nOP_ITEM="op://Work/litellm/API Key"\n');
  assertEquals((await setUp(terminal, ["--yes", "--url=http://localhost:4000"])).status, 0);
  assertEquals(
    configuration(terminal),
    'OP_ACCOUNT=a\nOP_ITEM="op://Work/litellm"\nOP_FIELD="API Key"\n' +
      'LITELLM_BASE_URL="http://localhost:4000"\n',
  );
});

Deno.test("what is configured of an item counts in its own vault alone", async () => {
  using terminal = newcomer('OP_ACCOUNT=a\nOP_ITEM="op://Work/litellm"\n');
  const { stderr, status } = await setUp(terminal, ["--yes", "--vault=Private"]);
  assertStringIncludes(stderr, "claude-key: error: the item is not said\n");
  assertEquals([status, terminal.calls], [2, ["--version"]]);
});

Deno.test("a local.env with a line that is no assignment is left alone", async () => {
  using terminal = newcomer("OP_ITEM\n");
  assertEquals(await setUp(terminal, ["--item=op://Work/litellm"]), {
    stdout: "",
    stderr: error(
      `${shown(terminal, terminal.localEnv)}, line 1: is not NAME=VALUE`,
      'write NAME="VALUE" there, or put a # in front',
    ),
    status: 2,
  });
  assertEquals(configuration(terminal), "OP_ITEM\n");
});

test({
  name: "a local.env that is a link stays one, and what it leads to is written",
  ignore: NO_LINKS,
  fn: async () => {
    using terminal = newcomer("# mine\n");
    const dotfiles = join(terminal.home, "dotfiles");
    Deno.mkdirSync(dotfiles);
    Deno.renameSync(terminal.localEnv, join(dotfiles, "env"));
    Deno.symlinkSync("../../dotfiles/env", terminal.localEnv);
    assertEquals((await setUp(terminal, ["--account=a", "--item=op://Work/litellm"])).status, 0);
    assertEquals(Deno.readLinkSync(terminal.localEnv), "../../dotfiles/env");
    assertEquals(
      Deno.readTextFileSync(join(dotfiles, "env")),
      '# mine\nOP_ACCOUNT="a"\nOP_ITEM="op://Work/litellm"\nOP_FIELD="API Key"\n',
    );

    Deno.removeSync(join(dotfiles, "env"));
    const { stderr, status } = await setUp(terminal, ["--item=op://Work/litellm"]);
    assertStringIncludes(stderr, '"~/.config/claude/local.env" is a link that leads nowhere');
    assertEquals(status, 2);
  },
});

Deno.test("each failure of op ends setup with its status, and nothing is written", async () => {
  const cases: readonly (readonly [string, number, string])[] = [
    ["You are not currently signed in", 4, "op is not signed in to 1Password"],
    ["No accounts configured for use with 1Password CLI", 4, "op has no account"],
    ["authorization prompt dismissed, please try again", 4, "the approval in 1Password was"],
    ["connecting to desktop app timed out", 4, "the 1Password app does not answer"],
    ["authorization timeout", 6, "nobody answered the approval in 1Password"],
    ['"Work" isn\'t a vault in this account', 5, '1Password has no vault "Work" in this account'],
    ["found no accounts for filter", 5, 'op has no account "a"'],
    ["dial tcp: lookup my.1password.com: no such host", 1, "1Password cannot be reached"],
    ["something new", 1, "op says: something new"],
  ];
  await Promise.all(cases.map(async ([words, status, message]) => {
    using terminal = newcomer();
    const said = `[ERROR] 2026/01/31 12:00:00 ${words}\n`;
    terminal.failWith(said);
    // With a name that a reference cannot hold, the first question is a list of items.
    const run = await setUp(terminal, ["--account=a", "--vault=Work", "--item=Alice's"]);
    assertStringIncludes(run.stderr, `${said}claude-key: error: ${message}`);
    assertEquals([run.stdout, run.status], ["", status]);
    assertEquals(exists(join(terminal.localEnv, "..")), false);
  }));
});

Deno.test({
  name: "a read that fails is said, and nothing is written",
  fn: async () => {
    using terminal = newcomer();
    assertEquals(
      await setUp(terminal, ["--account=a", "--vault=Work", "--item=litellm", "--field=Token"]),
      {
        stdout: "",
        stderr: "[ERROR] 2026/01/31 12:00:00 could not read secret 'op://Work/litellm/Token': " +
          "item 'Work/litellm' does not have a field 'Token'\n" +
          error(
            '1Password has no field "Token" in op://Work/litellm',
            "field names are case-sensitive; set OP_FIELD",
            "see its fields: op item get litellm --vault Work --account a",
            "nothing was written; to give other answers, run: claude-key setup",
          ),
        status: 5,
      },
    );
    assertEquals(exists(join(terminal.localEnv, "..")), false);
  },
});

Deno.test("setup proves the result with a real read, whatever is cached", async () => {
  using terminal = newcomer('OP_ACCOUNT=a\nOP_ITEM="op://Work/litellm"\n');
  await terminal.run(["get"]);
  terminal.setField("Work/litellm/API Key", "sk-two\n");
  assertEquals((await terminal.run(["setup", "--yes"])).status, 0);
  assertEquals((await terminal.run(["get"])).stdout, "sk-two\n");

  terminal.writeLocalEnv(`${configuration(terminal)}CLAUDE_KEY_STALE_IF_ERROR=1d\n`);
  terminal.failWith("dial tcp: lookup my.1password.com: no such host");
  const { stdout, stderr, status } = await terminal.run(["setup", "--yes"]);
  assertStringIncludes(stderr, "claude-key: error: 1Password cannot be reached\n");
  assertEquals([stdout, status], ["", 1]);
});

Deno.test("an answer of op that is no list is an error that quotes nothing of it", async () => {
  using terminal = newcomer();
  const answers = [
    ...[`{"value": "${KEY}"}`, `[${KEY}`, `["${KEY}"]`, '[{"name":"x"}]'],
    ...(TYPE_ENDS_AT_NUL_IN_WINE ? [] : ["\u0000"]),
    ...["-x", "a\nb", "a\u0085b"].map((id) => JSON.stringify([{ id, title: "Alice's" }])),
  ];
  for (const answer of answers) {
    terminal.answer("item-list", answer);
    const run = await setUp(terminal, ["--account=a", "--vault=Work", "--item=Alice's"], {
      CLAUDE_DEBUG: "1",
    });
    assertStringIncludes(
      run.stderr,
      "claude-key: error: op item list printed something that cannot be understood\n",
    );
    assertEquals([run.stdout, run.status], ["", 1]);
  }
});

Deno.test("an answer of op without a word is an empty list", async () => {
  using terminal = newcomer();
  terminal.answer("item-list", "");
  const { stdout, stderr, status } = await setUp(terminal, ["--account=a", "--item=Alice's"]);
  assertStringIncludes(stderr, 'claude-key: error: 1Password has no item "Alice\'s"\n');
  assertEquals([stdout, status], ["", 5]);
});

Deno.test("a field of a kind that holds no key is none, and one of any other kind is", async () => {
  const never = [
    ...["ADDRESS", "DATE", "EMAIL", "FILE", "MENU", "MONTH_YEAR", "OTP", "PHONE", "REFERENCE"],
    ...["SSHKEY", "URL"],
  ];
  for (const type of [...never, "STRING", "CONCEALED", "UNKNOWN", "CURLED"]) {
    using terminal = newcomer();
    const field = { id: "f9", type, label: "key (new)", value: KEY };
    terminal.answer("item-get", JSON.stringify({ fields: [field] }));
    terminal.setField("Work/litellm/f9", `${KEY}\n`);
    const options = ["--account=a", "--vault=Work", "--item=litellm", "--field=key (new)"];
    const { status } = await setUp(terminal, options);
    assertEquals([type, status], [type, never.includes(type) ? 5 : 0]);
  }
});

Deno.test("without op nothing is asked, and it is said how to install it", async () => {
  using terminal = newcomer();
  const run = await setUp(terminal, [], { PATH: terminal.home });
  assertStringIncludes(
    run.stderr,
    "claude-key: error: op, the 1Password CLI, is in no folder of PATH\nclaude-key: hint: install it: ",
  );
  assertEquals([run.stdout, run.status], ["", 3]);
  terminal.answer("--version", "1.12.4\n");
  assertEquals(await setUp(terminal, []), {
    stdout: "",
    stderr: error("op 1.12.4 is too old", INSTALL_VERSION_2),
    status: 3,
  });
});

Deno.test("a service account has no accounts to list, and Connect has no vaults", async () => {
  using terminal = newcomer();
  const account = { OP_SERVICE_ACCOUNT_TOKEN: "ops_x" };
  assertEquals((await setUp(terminal, ["--item=litellm"], account)).status, 0);
  assertEquals(configuration(terminal), 'OP_ITEM="op://Work/litellm"\nOP_FIELD="API Key"\n');
  const calls = ["--version", "vault list --format json", "read op://Work/litellm/API Key"];
  assertEquals(terminal.calls, calls);
  // What setup has read is what every later run has from the cache.
  assertEquals((await terminal.run(["get"], { env: account })).status, 0);
  assertEquals(terminal.calls, calls);

  // An account is for the day on which the app is used.
  Deno.removeSync(terminal.localEnv);
  assertEquals((await setUp(terminal, ["--account=a", "--item=litellm"], account)).status, 0);
  assertEquals(terminal.calls.slice(calls.length), calls);
  assertStringIncludes(configuration(terminal), 'OP_ACCOUNT="a"\n');

  Deno.removeSync(terminal.localEnv);
  const connect = { OP_CONNECT_HOST: "http://c", OP_CONNECT_TOKEN: "t" };
  const { stderr, status } = await setUp(terminal, ["--item=litellm"], connect);
  assertStringIncludes(stderr, "claude-key: error: the vault is not said\n");
  assertEquals([status, terminal.calls.at(-1)], [2, "--version"]);
});

Deno.test("an exported setting that wins over the file is warned of", async () => {
  using terminal = newcomer();
  const { stderr, status } = await setUp(
    terminal,
    ["--account=a", "--item=op://Work/litellm"],
    { OP_ITEM: "op://Private/other", OP_FIELD: "API Key" },
  );
  assertStringIncludes(
    stderr,
    "claude-key: warning: OP_ITEM is exported here and wins over the file: unset OP_ITEM\n",
  );
  assertEquals([stderr.includes("OP_FIELD is exported"), status], [false, 0]);
});

Deno.test("a variable that is there and empty wins over nothing", async () => {
  using terminal = newcomer();
  const under = withEmpty("OP_ITEM", "ANTHROPIC_BASE_URL", "ANTHROPIC_AUTH_TOKEN");
  const { stderr, status } = await terminal.run(["setup", ...HELPER], { env: BASH, under });
  assertEquals(
    stderr.split("\n").filter((line) => line.startsWith("claude-key: ")),
    [
      "claude-key: warning: Claude Code is not told of the gateway: " +
      'add "env": {"ANTHROPIC_BASE_URL": "https://litellm.example.com"} to ' +
      shown(terminal, claudeSettings(terminal)),
    ],
  );
  assertEquals(status, 0);
});

test("where there is no place for a file, setup ends before op is asked", async () => {
  using terminal = newcomer();
  const cache = { CLAUDE_KEY_CACHE_DIR: terminal.cache };
  assertEquals(await setUp(terminal, ["--item=op://Work/litellm"], { ...cache, HOME: "" }), {
    stdout: "",
    stderr: error(
      "there is no place for the configuration: HOME is not set",
      "set HOME to an absolute path",
    ),
    status: 2,
  });
  assertEquals(await setUp(terminal, HELPER, { ...cache, CLAUDE_CONFIG_DIR: "claude" }), {
    stdout: "",
    stderr: error(
      'there is no place for Claude Code\'s settings: CLAUDE_CONFIG_DIR is "claude", ' +
        "which is not an absolute path",
      "set CLAUDE_CONFIG_DIR to an absolute path",
    ),
    status: 2,
  });
  assertEquals(terminal.calls, []);
});

test("no op that setup runs sees a key of the environment", async () => {
  using terminal = newcomer();
  terminal.runInstead(`
    [ -z "$ANTHROPIC_AUTH_TOKEN" ] || echo "$*" >>"$here/told"
    case $1 in read) echo ${KEY} ;; *) cat "$here/answers/\${1#--}-$2" ;; esac`);
  terminal.answer("version-", "2.31.1\n");
  terminal.answer("item-list", JSON.stringify([{ id: "i9", title: "Alice's" }]));
  const { status } = await setUp(terminal, ["--item=Alice's"], { ANTHROPIC_AUTH_TOKEN: "sk-old" });
  assertEquals([status, exists(join(terminal.bin, "told"))], [0, false]);
  assertEquals(terminal.calls.length, 5);
});

Deno.test("the line is for the user's shell", async () => {
  using terminal = newcomer();
  const { stdout } = await setUp(terminal, ["--account=a", "--item=op://Work/litellm"], {
    SHELL: "/usr/local/bin/fish",
  });
  assertEquals(stdout, "begin; claude-key env --shell fish || echo false; end | source\n");
});

/** The command that a settings file names. */
function helperIn(file: string): string {
  return JSON.parse(Deno.readTextFileSync(file)).apiKeyHelper;
}

Deno.test("a reference may be pasted with its quotes", async () => {
  for (
    const pasted of [
      '"op://Work/litellm/API Key"',
      " 'op://Work/litellm/API Key'\n",
      "“op://Work/litellm”",
    ]
  ) {
    using terminal = newcomer();
    assertEquals((await setUp(terminal, ["--account=a", `--item=${pasted}`])).status, 0);
    assertEquals(
      configuration(terminal),
      'OP_ACCOUNT="a"\nOP_ITEM="op://Work/litellm"\nOP_FIELD="API Key"\n',
    );
  }
});

Deno.test("a value that no quotes can hold for a shell is refused, and others are safe in one", async () => {
  using terminal = newcomer();
  const options = ["--account=a", "--item=op://Work/litellm"];
  for (
    const [url, shownUrl] of [
      ["https://x/'$(touch${IFS}y)'", "https://x/'$(touch${IFS}y)'"],
      ["https://ada:'$(touch)@x", "https://x"],
    ]
  ) {
    assertEquals(await setUp(terminal, [...options, `--url=${url}`]), {
      stdout: "",
      stderr: error(
        `the configuration file cannot hold LITELLM_BASE_URL "${shownUrl}"`,
        "leave out control characters, and a ' beside any of \" $ ` \\",
      ),
      status: 2,
    });
    assertEquals(exists(terminal.localEnv), false);
  }
  assertEquals((await setUp(terminal, [...options, "--url=https://x/$(touch${IFS}y)"])).status, 0);
  assertStringIncludes(configuration(terminal), "LITELLM_BASE_URL='https://x/$(touch${IFS}y)'\n");
});

const TEAM = 'OP_ACCOUNT=acme\nOP_ITEM="op://Work/litellm/API Key"\n' +
  "LITELLM_BASE_URL=https://gw.example.com\n";

test({
  name: "setup shows what the team gives, and writes only what differs",
  ignore: !UNIX,
  fn: async () => {
    using terminal = newcomer();
    const team = inTeam(terminal, TEAM);
    const run = (args: string[]): Promise<Run> =>
      terminal.run(["setup", "--yes", ...args], { env: BASH, program: team });
    assertEquals(await run([]), {
      stdout: EVAL,
      stderr: "op://Work/litellm/API Key can be read\n" +
        `${teamFile(terminal)} gives:\n` +
        '    OP_ACCOUNT="acme"\n    OP_ITEM="op://Work/litellm"\n    OP_FIELD="API Key"\n' +
        '    LITELLM_BASE_URL="https://gw.example.com"\nnothing has to be written\n' + DONE,
      status: 0,
    });
    assertEquals(exists(terminal.localEnv), false);

    terminal.setField("Work/litellm/mine", `${KEY}\n`);
    assertEquals(
      (await run(["--field=mine", "--url=http://x"])).stderr,
      "op://Work/litellm/mine can be read\n" +
        `${teamFile(terminal)} gives:\n` +
        '    OP_ACCOUNT="acme"\n' +
        "~/.config/claude/local.env will say:\n" +
        '    OP_ITEM="op://Work/litellm"\n    OP_FIELD="mine"\n' +
        '    LITELLM_BASE_URL="http://x"\n' + DONE,
    );
    const url = 'LITELLM_BASE_URL="http://x"\n';
    assertEquals(configuration(terminal), `OP_ITEM="op://Work/litellm"\nOP_FIELD="mine"\n${url}`);
    assertEquals((await terminal.run(["get"], { program: team })).stdout, `${KEY}\n`);

    // What overrides the team's file is changed where it stands.
    assertEquals((await run(["--field=API Key"])).status, 0);
    assertEquals(
      configuration(terminal),
      `OP_ITEM="op://Work/litellm"\nOP_FIELD="API Key"\n${url}`,
    );
  },
});

test("a gateway that the team names for Claude Code alone is one", async () => {
  using terminal = newcomer();
  for (const [text, warned] of [["ANTHROPIC_BASE_URL=https://gw", false], ["A=1", true]] as const) {
    const { stderr, status } = await terminal.run(["setup", "--yes", "--item=litellm"], {
      env: BASH,
      program: inTeam(terminal, `${text}\n`),
    });
    assertEquals([stderr.includes(NO_GATEWAY), status], [warned, 0], stderr);
  }
});

const STORE_TEXT = 'OP_ACCOUNT="a"\nOP_ITEM="op://Work/litellm"\nOP_FIELD="API Key"\n';

/** A `local.env` that is a link into a store which nobody may write. */
function inStore(terminal: Terminal, text: string): string {
  const store = join(terminal.root, "store");
  Deno.mkdirSync(store);
  Deno.mkdirSync(join(terminal.localEnv, ".."), { recursive: true });
  Deno.writeTextFileSync(join(store, "local.env"), text, { mode: 0o444 });
  Deno.symlinkSync(join(store, "local.env"), terminal.localEnv);
  Deno.chmodSync(store, 0o555);
  return store;
}

test({
  name: "what a read-only store says already need not be written",
  ignore: ignoresPermissions(),
  fn: async () => {
    using terminal = newcomer();
    inStore(terminal, STORE_TEXT);
    const { stderr, status } = await terminal.run(["setup", "--yes"], {
      env: BASH,
      under: withoutPrivilege(),
    });
    assertStringIncludes(stderr, "nothing has to be written\n");
    assertEquals([status, configuration(terminal)], [0, STORE_TEXT]);
  },
});

test({
  name: "what a read-only store cannot take is shown for the program that makes it",
  ignore: ignoresPermissions(),
  fn: async () => {
    using terminal = newcomer();
    const store = inStore(terminal, STORE_TEXT.replace("litellm", "other"));
    const { stdout, stderr, status } = await terminal.run(["setup", ...HELPER], {
      env: BASH,
      under: withoutPrivilege(),
    });
    assertStringIncludes(stderr, 'error: "~/.config/claude/local.env" cannot be written: ');
    assertStringIncludes(
      stderr,
      [
        `see who may write there: ls -ld ${store}`,
        "~/.claude/settings.json was not touched",
        "if a program makes that file, give it these lines:",
        'OP_ACCOUNT="a"',
        'OP_ITEM="op://Work/litellm"',
        'OP_FIELD="API Key"',
      ].map((line) => `claude-key: hint: ${line}\n`).join(""),
    );
    assertEquals([stdout, status, exists(claudeSettings(terminal))], ["", 1, false]);
    Deno.chmodSync(store, 0o755);
  },
});

test("the set-up says of a gateway's address what keeps it from working", async () => {
  using terminal = newcomer();
  const args = ["setup", "--yes", "--account=a", "--item=op://Work/litellm"];
  const url = "https://ada:hunter2@litellm.example.com/v1";
  const { stderr, status } = await terminal.run([...args, `--url=${url}`], { env: BASH });
  assertStringIncludes(
    stderr,
    "claude-key: warning: LITELLM_BASE_URL has a user or a password in it, which Claude Code does " +
      "not take\n" +
      "claude-key: hint: write it without: claude-key setup --url https://litellm.example.com\n",
  );
  assertEquals([status, stderr.includes("hunter2")], [0, false]);
});

test("a local.env that lies above op cannot be written, and Deno's advice is not passed on", async () => {
  using terminal = newcomer();
  Deno.mkdirSync(join(terminal.localEnv, ".."), { recursive: true });
  Deno.writeTextFileSync(join(terminal.root, "local.env"), STORE_TEXT.replace("litellm", "other"));
  Deno.symlinkSync(join(terminal.root, "local.env"), terminal.localEnv);
  const { stderr, status } = await terminal.run(["setup", ...HELPER], { env: BASH });
  assertStringIncludes(
    stderr,
    'error: "~/.config/claude/local.env" cannot be written: Deno keeps programs out of there\n',
  );
  assertEquals(status, 1);
});

test({
  name: "settings of Claude Code that cannot be written are no secret, nor what was written before",
  ignore: ignoresPermissions(),
  fn: async () => {
    using terminal = newcomer();
    const folder = join(claudeSettings(terminal), "..");
    Deno.mkdirSync(folder, { mode: 0o555 });
    const { stderr, status } = await terminal.run(["setup", ...HELPER], {
      env: BASH,
      under: withoutPrivilege(),
    });
    assertStringIncludes(stderr, 'error: "~/.claude/settings.json" cannot be written: ');
    assertStringIncludes(
      stderr,
      "claude-key: hint: ~/.config/claude/local.env was written\n" +
        "claude-key: hint: if a program makes that file, give it these lines:\n" +
        'claude-key: hint: "apiKeyHelper": "',
    );
    assertEquals([status, configuration(terminal)], [1, STORE_TEXT]);
  },
});

const HELPER = ["--account=a", "--item=op://Work/litellm", "--api-key-helper"];

Deno.test("--api-key-helper adds itself to Claude Code's settings and changes nothing else", async () => {
  using terminal = newcomer();
  const file = claudeSettings(terminal);
  const rest = '\n\t"env": {"ANTHROPIC_BASE_URL": "http://x"},\n\t"model": "opus"\n}';
  Deno.mkdirSync(join(file, ".."));
  Deno.writeTextFileSync(file, `{\n\t"apiKeyHelper": "echo ${KEY}",${rest}`);
  if (UNIX) Deno.chmodSync(file, 0o640);
  const run = await setUp(terminal, HELPER);
  const helper = JSON.stringify(helperIn(file));
  assertEquals(run, {
    stdout: "",
    stderr: "op://Work/litellm/API Key can be read\n" +
      `${shown(terminal, terminal.localEnv)} will say:\n` +
      '    OP_ACCOUNT="a"\n    OP_ITEM="op://Work/litellm"\n    OP_FIELD="API Key"\n' +
      `${shown(terminal, file)} will say:\n` +
      `    "apiKeyHelper": ${helper}, in the place of another helper\n` +
      "done; Claude Code asks claude-key by itself from now on\n" +
      "leave claude-key env out then: an exported ANTHROPIC_AUTH_TOKEN switches it off\n",
    status: 0,
  });
  assertEquals(Deno.readTextFileSync(file), `{\n\t"apiKeyHelper": ${helper},${rest}`);
  if (UNIX) assertEquals((Deno.statSync(file).mode ?? 0) & 0o777, 0o640);

  assertStringIncludes(
    (await setUp(terminal, HELPER)).stderr,
    `    "apiKeyHelper": ${helper}\nnothing has to be written\n`,
  );
});

Deno.test("--api-key-helper makes the settings where they are missing, and warns of what is in its way", async () => {
  using terminal = newcomer();
  const folder = join(terminal.home, "elsewhere");
  const { stderr, status } = await setUp(terminal, [
    ...HELPER,
    "--url=https://ada:hunter2@gw.example",
  ], {
    CLAUDE_CONFIG_DIR: folder,
    ANTHROPIC_AUTH_TOKEN: "sk-exported",
  });
  assertStringIncludes(
    stderr,
    "claude-key: warning: ANTHROPIC_AUTH_TOKEN is exported here, which switches the helper off: " +
      "unset ANTHROPIC_AUTH_TOKEN\n" +
      "claude-key: warning: Claude Code is not told of the gateway: " +
      'add "env": {"ANTHROPIC_BASE_URL": "https://gw.example"} to ' +
      `${shown(terminal, join(folder, "settings.json"))}\n`,
  );
  assertEquals([status, /sk-exported|hunter2/.test(stderr)], [0, false]);
  assertEquals(
    Deno.readTextFileSync(join(folder, "settings.json")),
    `{\n  "apiKeyHelper": ${JSON.stringify(helperIn(join(folder, "settings.json")))}\n}\n`,
  );
  if (UNIX) assertEquals((Deno.statSync(folder).mode ?? 0) & 0o777, 0o700);
});

Deno.test("settings that are not valid JSON are left alone, and so is local.env", async () => {
  using terminal = newcomer();
  const file = claudeSettings(terminal);
  Deno.mkdirSync(join(file, ".."));
  Deno.writeTextFileSync(file, '{"a": 1,}');
  assertEquals(await setUp(terminal, HELPER), {
    stdout: "",
    stderr: error(
      `"${shown(terminal, file)}" is not a JSON object`,
      "correct it, or move it away, then run the same command again",
    ),
    status: 2,
  });
  assertEquals(Deno.readTextFileSync(file), '{"a": 1,}');
  assertEquals([exists(terminal.localEnv), terminal.calls], [false, []]);
});

Deno.test({
  name: "setup can reach the folders of its files, the cache and op, and nothing else",
  fn: async () => {
    using terminal = newcomer("OP_ACCOUNT=a\n");
    const outside = join(terminal.root, "outside");
    Deno.mkdirSync(outside);
    Deno.writeTextFileSync(join(outside, "file"), "private");
    Deno.mkdirSync(terminal.cache, { recursive: true });
    const { stderr } = await terminal.run(["setup", ...HELPER, outside], {
      env: { CLAUDE_KEY_CACHE_DIR: terminal.cache },
      program: program(new URL("../support/probes/confinement.ts", import.meta.url)),
    });
    const { status, during, after } = JSON.parse(stderr.trimEnd().split("\n").at(-1) ?? "");
    assertEquals([status, during], [0, after]);
    const done = Object.keys(after).filter((name) => after[name] === "done");
    assertEquals(done, [
      "write in the cache",
      "read in the cache",
      "remove in the cache",
      "run op",
      "read the configuration",
    ]);
    const others = Object.values(after).filter((result) => result !== "done");
    assertEquals(new Set(others), new Set(["NotCapable"]));
  },
});

test("nothing is asked where questions cannot be seen, or answers not typed", {
  ignore: lacks("script"),
}, async () => {
  using terminal = newcomer();
  terminal.answer("vault-list", JSON.stringify([WORK, PRIVATE]));
  for (const elsewhere of ['2>"$HOME/stderr"', "</dev/null"]) {
    const line = `script -qec "$(printf "'%s' " "$@") ${elsewhere}" /dev/null; cat "$HOME/stderr"`;
    const { stdout } = await terminal.run(["setup", "--account=a"], {
      env: BASH,
      under: ["sh", "-c", line, "sh"],
    });
    assertStringIncludes(stdout, "claude-key: error: the vault is not said, and there are 2");
    assertEquals(stdout.includes("which vault?"), false);
  }
});

/** Answers the questions of setup at a terminal device, each as soon as it is asked. */
async function converse(
  terminal: Terminal,
  args: readonly string[],
  answers: readonly (readonly [string, string])[],
  env: Record<string, string> = {},
): Promise<{ screen: string; stdout: string; status: number }> {
  const device = new TerminalDevice(terminal, ["setup", ...args], { ...BASH, ...env });
  let seen = 0;
  for (const [question, answer] of answers) {
    await until(question, () => device.screen.slice(seen).includes(question));
    seen = device.screen.indexOf(question, seen) + question.length;
    await device.type(answer);
  }
  const status = await device.ended();
  const screen = withoutNotice(device.screen).replaceAll("\r\n", "\n");
  assertEquals(screen.includes(KEY), false);
  return { screen, stdout: device.stdout, status };
}

const ANEW = "give other answers: claude-key setup";
const PICK = "number, or a part of the name: ";

test({
  name: "a newcomer is asked for what is not clear, sees what will be written, and agrees",
  ignore: lacks("script"),
  fn: async () => {
    using terminal = newcomer();
    terminal.answer("account-list", JSON.stringify([ALICE, BOB]));
    terminal.answer("vault-list", JSON.stringify([WORK, PRIVATE]));
    const titles = ["GitHub", "litellm", "twin", "twin", "litellm old", "\x1b[31mred\n"];
    terminal.answer(
      "item-list",
      JSON.stringify(titles.map((title, index) => ({ id: `i${index}`, title }))),
    );
    const { screen, stdout, status } = await converse(terminal, [], [
      [PICK, "alice\n"],
      [PICK, "3\n"],
      [PICK, "2\n"],
      [PICK, "lit\n"],
      [PICK, "1\n"],
      ["number, or a part of the name [API Key]: ", "\n"],
      ["empty for none: ", "litellm.example.com\n"],
      ["empty for none: ", "https://litellm.example.com\n"],
      ["write it? [Y/n]: ", "y\n"],
    ]);
    assertEquals(
      screen,
      `Enter takes what stands in brackets; Ctrl-C ends this, and nothing is written
which account?
  1  alice@example.com (example.1password.com)
  2  bob@example.org (other.1password.eu)
number, or a part of the name: alice
account: alice@example.com (example.1password.com)
which vault?
  1  Private
  2  Work
number, or a part of the name: 3
there is no vault "3"
number, or a part of the name: 2
vault: Work
which item?
  1  \\x1b[31mred\\x0a
  2  GitHub
  3  litellm
  4  litellm old
  5  twin (i2)
  6  twin (i3)
number, or a part of the name: lit
which item of these?
  1  litellm
  2  litellm old
number, or a part of the name: 1
item: litellm
which field?
  1  API Key
  2  username
number, or a part of the name [API Key]: 
gateway URL, as in https://litellm.example.com; empty for none: litellm.example.com
"litellm.example.com" is not an http or https URL; write it whole
gateway URL, as in https://litellm.example.com; empty for none: https://litellm.example.com
op://Work/litellm/API Key can be read
~/.config/claude/local.env will say:
    OP_ACCOUNT="example.1password.com"
    OP_ITEM="op://Work/litellm"
    OP_FIELD="API Key"
    LITELLM_BASE_URL="https://litellm.example.com"
write it? [Y/n]: y
done; to give the variables to your shell, type:
`,
    );
    assertEquals([stdout, status], [EVAL, 0]);
    assertStringIncludes(configuration(terminal), 'OP_ITEM="op://Work/litellm"\n');
  },
});

test({
  name: "what is configured already stands in brackets, and Enter takes it",
  ignore: lacks("script"),
  fn: async () => {
    const before = 'OP_ITEM="op://Work/litellm"\nOP_FIELD="username"\nLITELLM_BASE_URL=http://x\n';
    using terminal = newcomer(before);
    terminal.setField("Work/litellm/username", `${KEY}\n`);
    terminal.answer("vault-list", JSON.stringify([WORK, PRIVATE]));
    const { status } = await converse(terminal, [], [
      ["name [Work]: ", "\n"],
      ["name [username]: ", "\n"],
      ["gateway URL [http://x]: ", "\n"],
      ["write it? [Y/n]: ", "\n"],
    ]);
    assertEquals(status, 0);
    assertEquals(configuration(terminal), `${before}OP_ACCOUNT="example.1password.com"\n`);
  },
});

test({
  name: "a reference may be typed where the vault or the item is asked for",
  ignore: lacks("script"),
  fn: async () => {
    for (
      const [what, answers] of [
        ["vault", [[PICK, '"op://Work/litellm/API Key"\n']]],
        ["item", [[PICK, "2\n"], [PICK, "op://Work/litellm/API Key\n"]]],
      ] as const
    ) {
      using terminal = newcomer();
      terminal.answer("vault-list", JSON.stringify([WORK, PRIVATE]));
      terminal.answer("item-list", JSON.stringify([LITELLM, { id: "i2", title: "other" }]));
      const { screen, status } = await converse(terminal, ["--url=http://x"], [
        ...answers,
        ["write it? [Y/n]: ", "y\n"],
      ]);
      assertStringIncludes(screen, `which ${what}?`);
      assertStringIncludes(screen, "op://Work/litellm/API Key can be read\n");
      assertEquals(status, 0);
      assertStringIncludes(
        configuration(terminal),
        'OP_ITEM="op://Work/litellm"\nOP_FIELD="API Key"\n',
      );
    }
  },
});

test({
  name: "with Connect, which lists nothing, vault and item are typed",
  ignore: lacks("script"),
  fn: async () => {
    using terminal = newcomer();
    const env = { OP_CONNECT_HOST: "http://c", OP_CONNECT_TOKEN: "t" };
    const { screen, status } = await converse(terminal, ["--url=http://x"], [
      ["vault, name or ID: ", "Q&A\n"],
      ["vault, name or ID: ", "Work\n"],
      ["item, name or ID: ", "litellm\n"],
      ["name [API Key]: ", "2\n"],
    ], env);
    assertStringIncludes(screen, 'a secret reference cannot hold "Q&A"; type its ID\n');
    assertStringIncludes(screen, '1Password has no field "username" in op://Work/litellm\n');
    assertEquals(status, 5);
    assertEquals(terminal.calls.slice(1, 2), ["item get litellm --vault Work --format json"]);
  },
});

test({
  name: "whoever presses Ctrl-C, closes the input or says no has nothing written",
  ignore: lacks("script"),
  fn: async () => {
    const endings: readonly (readonly [string, string, number, string])[] = [
      [PICK, "\x03", 130, "^C\nclaude-key: error: interrupted\n"],
      [PICK, "\x04", 130, "\nclaude-key: error: the answers ended half way, and nothing was "],
      ["write it? [Y/n]: ", "\x03", 130, "^C\nclaude-key: error: interrupted\n"],
      ["write it? [Y/n]: ", "n\n", 1, error("nothing was written", ANEW)],
    ];
    await Promise.all(endings.map(async ([question, keys, status, words]) => {
      using terminal = newcomer();
      terminal.answer("vault-list", JSON.stringify([WORK, PRIVATE]));
      const before = [[PICK, "2\n"], ["name [API Key]: ", "\n"], ["for none: ", "\n"]] as const;
      const answers = question === PICK ? [] : before;
      const run = await converse(terminal, HELPER.slice(2), [...answers, [question, keys]]);
      assertStringIncludes(run.screen, words);
      assertEquals([run.stdout, run.status], ["", status]);
      assertEquals(exists(join(terminal.localEnv, "..")), false);
      assertEquals(exists(join(claudeSettings(terminal), "..")), false);
    }));
  },
});

test({
  name: "Ctrl-C while op is waited for ends op as well",
  ignore: lacks("script"),
  fn: async () => {
    using terminal = newcomer();
    terminal.runInstead('[ "$1" = vault ] && exec sleep 60; cat "$here/answers/$1-$2"');
    const device = new TerminalDevice(terminal, ["setup"], BASH);
    await until("op lists vaults", () => terminal.calls.some((call) => call.startsWith("vault")));
    await device.type("\x03");
    assertEquals(await device.ended(), 130);
    assertStringIncludes(device.screen, "claude-key: error: interrupted\r\n");
    assertEquals(exists(join(terminal.localEnv, "..")), false);
  },
});

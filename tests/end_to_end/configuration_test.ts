import { assertEquals } from "@std/assert";
import { outputOf } from "../support/deadline.ts";
import { join } from "../support/join.ts";
import { isInstalled } from "../support/real_shells.ts";
import { escapeControlCharacters as escaped } from "../../lib/text/control_characters.ts";
import { moveCommand } from "../../lib/text/typed_commands.ts";
import {
  NO_BYTES,
  NO_LINKS,
  NO_MODES,
  NO_POSIX_SHELL,
  NO_XDG,
  testOfUnix,
} from "../support/skips.ts";
import {
  KEY,
  LOCAL_ENV,
  NO_KEY,
  type Run,
  Terminal,
  withEmpty,
  withoutPrivilege,
} from "../support/terminal.ts";
import { ignoresPermissions } from "../support/tools.ts";

const test = testOfUnix("modes, owners, links and bytes of configuration");

const FILE = "~/.config/claude/local.env";
const KEY_PRINTED: Run = { stdout: `${KEY}\n`, stderr: "", status: 0 };

/** What wrong usage or configuration looks like: nothing on stdout, status 2, `op` not asked. */
async function assertRefused(
  terminal: Terminal,
  lines: readonly string[],
  options: Parameters<Terminal["run"]>[1] = {},
  args: readonly string[] = ["get"],
): Promise<void> {
  const stderr = terminal.shown(lines.map((line) => `claude-key: ${line}\n`).join(""));
  assertEquals(await terminal.run(args, options), { stdout: "", stderr, status: 2 });
  assertEquals(terminal.calls, []);
}

test({
  name: "without any configuration the three lines to type are named, and they are the cure",
  ignore: NO_POSIX_SHELL,
  fn: async () => {
    using terminal = new Terminal(null, { "Vault/Item/API Key": `${KEY}\n` });
    const lines = [
      "mkdir -p ~/.config/claude",
      `echo 'OP_ITEM="op://Vault/Item"' >> ${FILE}`,
      `echo 'LITELLM_BASE_URL="https://litellm.example.com"' >> ${FILE}`,
    ];
    await assertRefused(terminal, [
      "error: OP_ITEM is not set, so there is no secret to read",
      "hint: answer a few questions, claude-key setup, or type these lines:",
      ...lines.map((line) => `hint: ${line}`),
    ]);
    const { success } = await outputOf("sh", {
      args: ["-c", lines.join("\n")],
      env: { HOME: terminal.home },
    });
    assertEquals(success, true);
    assertEquals(await terminal.run(["get"]), KEY_PRINTED);
  },
});

test({
  name: "the lines to type are right for a folder with spaces too",
  ignore: NO_POSIX_SHELL,
  fn: async () => {
    using terminal = new Terminal(null, { "Vault/Item/API Key": `${KEY}\n` });
    const env = { XDG_CONFIG_HOME: join(terminal.root, "it's; my config") };
    const { stderr } = await terminal.run(["get"], { env });
    const lines = stderr.split("\n").flatMap((line) =>
      /hint: ((?:mkdir|echo) .*)/.exec(line)?.[1] ?? []
    );
    assertEquals(lines.length, 3);
    const { success } = await outputOf("sh", { args: ["-c", lines.join("\n")] });
    assertEquals(success, true);
    assertEquals(await terminal.run(["get"], { env }), KEY_PRINTED);
  },
});

Deno.test("a malformed line of local.env is named by file and number, never shown", async () => {
  const mend = 'write NAME="VALUE" there, or put a # in front';
  const quote = "write the value out, or put single quotes round it";
  for (
    const [line, problem, cure] of [
      ["sk-secret", "is not NAME=VALUE", mend],
      ["OP ITEM=x", "is not NAME=VALUE", mend],
      ["export OP_ITEM", "is not NAME=VALUE", mend],
      ['OP_FIELD="API Key', 'has no closing "', mend],
      ["OP_FIELD='API Key", "has no closing '", mend],
      ['OP_FIELD="a" b', 'goes on after the closing "', mend],
      ["OP_FIELD= x", "has a space behind the =", mend],
      ["OP_FIELD=a\x07b", "has a control character in the value of OP_FIELD", mend],
      [
        'ANTHROPIC_MODEL="${ANTHROPIC_MODEL:-claude-sonnet-4-5}"',
        "has a $ in the value of ANTHROPIC_MODEL that a shell would expand",
        quote,
      ],
      [
        'ANTHROPIC_CUSTOM_HEADERS="x-user: $(whoami)"',
        "has a $ in the value of ANTHROPIC_CUSTOM_HEADERS that a shell would expand",
        quote,
      ],
      [
        "LITELLM_BASE_URL=https://gw.example.com;",
        "has a ; in the value of LITELLM_BASE_URL, without quotes",
        "put single quotes round the value, or keep to one NAME=VALUE a line",
      ],
      [
        "ANTHROPIC_MODEL=m; export ANTHROPIC_MODEL",
        "has white space in the value of ANTHROPIC_MODEL",
        "put single quotes round the value, or write each NAME=VALUE on a line of its own",
      ],
    ] as const
  ) {
    using terminal = new Terminal(`# mine\n${LOCAL_ENV}${line}\n`);
    await assertRefused(terminal, [`error: ${FILE}, line 3: ${problem}`, `hint: ${cure}`]);
  }
});

Deno.test("local.env may have quotes of both kinds or none, export, comments, CRLF and a BOM", async () => {
  for (
    const text of [
      "OP_ITEM=op://Work/litellm",
      "  export OP_ITEM='op://Work/litellm'   # mine",
      '\uFEFFOP_ITEM="op://Work/litellm"\r\n# done\r\n\r\n',
      'OP_ITEM="op://Old/one"\nexport\tOP_ITEM="op://Work/litellm"\nOP_FIELD="API Key" # here',
      'OTHER=1\nOP_ITEM="op://Work/litellm"\nOP_FIELD=""\n',
    ]
  ) {
    using terminal = new Terminal(text);
    assertEquals([text, await terminal.run(["get"])], [text, KEY_PRINTED]);
  }
});

Deno.test("nothing in local.env is expanded or evaluated", async () => {
  using terminal = new Terminal(
    `${LOCAL_ENV}ANTHROPIC_MODEL='$HOME $(touch x) \`touch x\` ~ \\n %PATH%'\n` +
      "CLAUDE_CODE_GIT_BASH_PATH=C:\\Users\\Ada\\bin\\bash.exe\nCLAUDE_CODE_X=~/a[1m]*#b # c\n",
  );
  const { stdout, status } = await terminal.run(["env", "--format", "json"]);
  assertEquals(status, 0);
  assertEquals(JSON.parse(stdout), {
    ANTHROPIC_AUTH_TOKEN: KEY,
    ANTHROPIC_MODEL: "$HOME $(touch x) `touch x` ~ \\n %PATH%",
    CLAUDE_CODE_GIT_BASH_PATH: "C:\\Users\\Ada\\bin\\bash.exe",
    CLAUDE_CODE_X: "~/a[1m]*#b",
  });
});

Deno.test("a value of local.env may go on over several lines, with CRLF too", async () => {
  for (const newline of ["\n", "\r\n"]) {
    const text =
      `${LOCAL_ENV}ANTHROPIC_CUSTOM_HEADERS="x-team: blue\nx-user: 'ada'"\nCLAUDE_CODE_X=1\n`;
    using terminal = new Terminal(text.replaceAll("\n", newline));
    const { stdout, stderr, status } = await terminal.run(["env", "--format", "json"]);
    assertEquals([JSON.parse(stdout), stderr, status], [
      {
        ANTHROPIC_AUTH_TOKEN: KEY,
        ANTHROPIC_CUSTOM_HEADERS: "x-team: blue\nx-user: 'ada'",
        CLAUDE_CODE_X: "1",
      },
      "",
      0,
    ]);
  }
});

Deno.test("a local.env that is a folder, a pipe, too large or not text is refused", async () => {
  using folder = new Terminal(null);
  Deno.mkdirSync(folder.localEnv, { recursive: true });
  await assertRefused(folder, [
    `error: "${FILE}" is not a file`,
    `hint: move it away: ${moveCommand(FILE, `${FILE}.old`)}`,
  ]);

  using large = new Terminal(`# ${"x".repeat(10 * 1024 * 1024)}\n${LOCAL_ENV}`);
  await assertRefused(large, [
    `error: "${FILE}" is larger than 1 MiB`,
    "hint: keep only NAME=VALUE lines in it",
  ]);

  using utf16 = new Terminal(null);
  utf16.writeLocalEnv(new Uint8Array([0xff, 0xfe, 0x4f, 0x00]));
  await assertRefused(utf16, [
    `error: "${FILE}" is not UTF-8 text`,
    "hint: save it again as UTF-8",
  ]);
});

test({
  name: "a local.env that is a pipe does not make anybody wait",
  ignore: !isInstalled("mkfifo"),
  fn: async () => {
    using terminal = new Terminal();
    Deno.removeSync(terminal.localEnv);
    await outputOf("mkfifo", { args: [terminal.localEnv] });
    await assertRefused(terminal, [
      `error: "${FILE}" is not a file`,
      `hint: move it away: ${moveCommand(FILE, `${FILE}.old`)}`,
    ]);
  },
});

test({
  name: "a local.env that may not be read is refused",
  ignore: ignoresPermissions(),
  fn: async () => {
    using terminal = new Terminal();
    Deno.chmodSync(terminal.localEnv, 0);
    await assertRefused(terminal, [
      `error: "${FILE}" cannot be read`,
      `hint: make it yours again: chmod u+r ${FILE}`,
    ], { under: withoutPrivilege() });
  },
});

test({
  name: "a local.env may be a link, as dotfile managers make it",
  ignore: NO_LINKS,
  fn: async () => {
    using terminal = new Terminal();
    const managed = join(terminal.root, "managed");
    Deno.renameSync(terminal.localEnv, managed);
    Deno.symlinkSync(managed, terminal.localEnv);
    assertEquals(await terminal.run(["get"]), KEY_PRINTED);
  },
});

test({
  name: "a local.env that others can write, or replace, is refused, and the cure cures",
  ignore: NO_MODES,
  fn: async () => {
    using terminal = new Terminal();
    const folder = join(terminal.localEnv, "..");
    for (
      const [path, mode, words, hint] of [
        [
          terminal.localEnv,
          0o666,
          `"${FILE}" can be written by every user, and it says where your key is sent`,
          `read it, then close it: chmod o-w ${FILE}`,
        ],
        [
          folder,
          0o777,
          '"~/.config/claude" can be written by every user, and what lies in it says where your key is sent',
          "read what lies there, then close it: chmod o-w ~/.config/claude",
        ],
      ] as const
    ) {
      const before = (Deno.statSync(path).mode ?? 0) & 0o7777;
      Deno.chmodSync(path, mode);
      for (const args of [["get"], ["status"], ["setup", "--yes"]]) {
        await assertRefused(terminal, [`error: ${words}`, `hint: ${hint}`], {}, args);
      }
      const { stdout } = await terminal.run(["doctor"]);
      assertEquals(stdout.includes(`problem  configuration: ${words}\n`), true, stdout);
      assertEquals(stdout.includes(`fix: ${hint.replace(/^.*: /, "")}\n`), true, stdout);
      const { success } = await outputOf("sh", {
        args: ["-c", hint.replace(/^.*: /, "")],
        env: { HOME: terminal.home },
      });
      assertEquals([success, await terminal.run(["get"])], [true, KEY_PRINTED]);
      Deno.removeSync(terminal.cache, { recursive: true });
      Deno.chmodSync(path, before);
      Deno.writeTextFileSync(join(terminal.bin, "calls"), "");
    }
  },
});

test({
  name: "a local.env that its group can write serves, and so does one in a sticky folder",
  ignore: NO_MODES,
  fn: async () => {
    using terminal = new Terminal();
    Deno.chmodSync(terminal.localEnv, 0o664);
    Deno.chmodSync(join(terminal.localEnv, ".."), 0o1777);
    assertEquals(await terminal.run(["get"]), KEY_PRINTED);
  },
});

test({
  name: "a local.env of another user is refused, behind a link too (needs root)",
  ignore: Deno.uid() !== 0,
  fn: async () => {
    using terminal = new Terminal();
    Deno.chownSync(terminal.localEnv, 12_345, null);
    const refusal = [
      `error: "${FILE}" belongs to another user, and it says where your key is sent`,
      `hint: read it, then make it yours: chown 0 ${FILE}`,
    ];
    await assertRefused(terminal, refusal);
    const elsewhere = join(terminal.root, "elsewhere");
    Deno.renameSync(terminal.localEnv, elsewhere);
    Deno.symlinkSync(elsewhere, terminal.localEnv);
    await assertRefused(terminal, refusal);
  },
});

/** No shell has expanded it. */
const TILDE = Deno.build.os === "windows" ? "~\\cache" : "~/cache";
const DURATION_HINT = "hint: write 90s, 30m, 12h, 1d or whole seconds";

Deno.test("malformed settings are refused, and the place to correct them is named", async () => {
  for (
    const [name, value, ...lines] of [
      ["CLAUDE_KEY_TTL", "12 hours", 'is "12 hours", which is not a duration', DURATION_HINT],
      ["CLAUDE_KEY_TTL", "-1", 'is "-1", which is not a duration', DURATION_HINT],
      ["CLAUDE_KEY_TTL", "1e3", 'is "1e3", which is not a duration', DURATION_HINT],
      ["CLAUDE_KEY_TTL", "99999d", 'is "99999d", which is not a duration', DURATION_HINT],
      ["CLAUDE_KEY_STALE_IF_ERROR", "x", 'is "x", which is not a duration', DURATION_HINT],
      ["CLAUDE_KEY_TIMEOUT", "0", 'is "0", which is less than 1 s'],
      ["CLAUDE_KEY_PROJECT_FIELDS", "yes", 'is "yes", which is neither 0 nor 1'],
      [
        "CLAUDE_KEY_CACHE_DIR",
        TILDE,
        `is "${TILDE}", which is not an absolute path`,
        Deno.build.os === "windows"
          ? "hint: write the whole path with its drive, as in C:\\Users; %USERPROFILE% is not expanded"
          : "hint: write the whole path; ~ and $HOME are not expanded",
      ],
      [
        "CLAUDE_KEY_VAR",
        "A-B",
        'is "A-B", which is not the name of a variable',
        "hint: write letters, digits and _, a letter first",
      ],
      ...[
        ...["ANTHROPIC_BASE_URL", "ANTHROPIC_CUSTOM_HEADERS", "PATH", "OP_ACCOUNT", "BASH_ENV"],
        ...["PROMPT_COMMAND", "OP_CONNECT_TOKEN", "LD_KEY", "CLAUDE_KEY_TTL", "CLAUDE_PROJECT"],
        ...["CLAUDE_ENV_FILE", "CLAUDE_CODE_SHELL_PREFIX", "CLAUDE_CODE_GIT_BASH_PATH", "KEY"],
      ].map((name) =>
        [
          "CLAUDE_KEY_VAR",
          name,
          `is "${name}", which is no variable for a key`,
          "hint: write ANTHROPIC_AUTH_TOKEN, or what your client reads its key from: ANTHROPIC_…, CLAUDE_…, …_KEY or …_TOKEN",
        ] as const
      ),
      [
        "OP_ITEM",
        "Work/litellm",
        'is "Work/litellm", which does not begin with op://',
        "hint: write op://Vault/Item or op://Vault/Item/Field",
      ],
      [
        "OP_ITEM",
        "op://Work",
        'is "op://Work", which names no item',
        "hint: write op://Vault/Item or op://Vault/Item/Field",
      ],
      [
        "OP_ITEM",
        "op://Work//x",
        'is "op://Work//x", which has an empty part',
        "hint: write op://Vault/Item or op://Vault/Item/Field",
      ],
      [
        "OP_ITEM",
        "op://a/b/c/d/e",
        'is "op://a/b/c/d/e", which has too many parts',
        "hint: write op://Vault/Item or op://Vault/Item/Field",
      ],
      [
        "OP_FIELD",
        "a?b",
        'is "a?b", which has a character in "a?b" that a reference cannot hold',
        "hint: names with other characters than letters, digits, space and -_. are given by their ID: op item list",
      ],
    ] as const
  ) {
    const problem = `error: ${name} ${lines[0]}`;
    // `get` has no use for the variable that receives the key.
    const args = name === "CLAUDE_KEY_VAR" ? ["env", "--format", "json"] : ["get"];
    using inEnvironment = new Terminal();
    await assertRefused(
      inEnvironment,
      [problem, ...lines.slice(1), `hint: correct the environment variable ${name}`],
      { env: { [name]: value } },
      args,
    );
    using inFile = new Terminal(`${LOCAL_ENV}${name}="${value}"\n`);
    const place = `hint: correct line 2 of ${FILE}`;
    await assertRefused(inFile, [problem, ...lines.slice(1), place], {}, args);
  }
});

Deno.test("an invisible character is named in words, in the setting that it is in", async () => {
  const copied = "hint: type the value again, as that character came with a copy";
  for (
    const [name, value, words] of [
      ["OP_ITEM", "op://Work/lite\u200bllm", "a zero-width space (U+200B)"],
      ["OP_FIELD", "API\u00a0Key", "a no-break space (U+00A0)"],
      ["OP_ACCOUNT", "acme\u200d", "a zero-width joiner (U+200D)"],
      ["LITELLM_BASE_URL", "https://gw.example.com\u200b", "a zero-width space (U+200B)"],
      ["CLAUDE_PROJECT", "\u2066shop", "an invisible character (U+2066)"],
      ["CLAUDE_GITHUB_REPO", "acme/sh\u00adop", "a soft hyphen (U+00AD)"],
      ["CLAUDE_KEY_PROJECT_FIELDS", "1\u00a0", "a no-break space (U+00A0)"],
      ["CLAUDE_KEY_REPO_HEADER", "1\ufeff", "a byte order mark (U+FEFF)"],
      ["CLAUDE_KEY_VAR", "LITELLM_KEY\u2009", "an invisible character (U+2009)"],
      ["CLAUDE_KEY_TTL", "12\u202fh", "a narrow no-break space (U+202F)"],
      ["CLAUDE_KEY_STALE_IF_ERROR", "1d\u200e", "a left-to-right mark (U+200E)"],
      ["CLAUDE_KEY_TIMEOUT", "90\u00a0s", "a no-break space (U+00A0)"],
      ["CLAUDE_KEY_CACHE_DIR", "/tmp/\u3000x", "an ideographic space (U+3000)"],
      ["CLAUDE_DEBUG", "1\u2060", "a word joiner (U+2060)"],
    ] as const
  ) {
    const asked = name === "CLAUDE_PROJECT" || name === "CLAUDE_GITHUB_REPO"
      ? "CLAUDE_KEY_REPO_HEADER=1\n"
      : "CLAUDE_KEY_TTL=1h\n";
    using terminal = new Terminal(`${LOCAL_ENV}${asked}${name}='${value}'\n`);
    assertEquals([name, await terminal.run(["env"])], [name, {
      stdout: NO_KEY,
      stderr: `claude-key: error: ${name} is "${escaped(value)}", which has ${words} in it\n` +
        terminal.shown(`claude-key: ${copied}\nclaude-key: hint: correct line 3 of ${FILE}\n`),
      status: 2,
    }]);
    assertEquals(terminal.calls, []);
  }
});

Deno.test("a malformed gateway URL stops env, and get does not care", async () => {
  for (const url of ["litellm.example.com", "ftp://x", "https://", "https://a b", "http://a\tb"]) {
    using terminal = new Terminal();
    const env = { LITELLM_BASE_URL: url };
    const { stdout, stderr, status } = await terminal.run(["env"], { env });
    assertEquals([stdout, status], [NO_KEY, 2]);
    assertEquals(
      stderr,
      `claude-key: error: LITELLM_BASE_URL is "${url.replace("\t", "\\x09")}", ` +
        "which is not an http or https URL\n" +
        "claude-key: hint: write it whole, as in https://litellm.example.com\n" +
        "claude-key: hint: correct the environment variable LITELLM_BASE_URL\n",
    );
    assertEquals(await terminal.run(["get"], { env }), KEY_PRINTED);
  }
});

Deno.test("a flag wins over the environment, that over local.env, and that over the default", async () => {
  using terminal = new Terminal(`${LOCAL_ENV}OP_FIELD=file\nCLAUDE_KEY_VAR=OPENAI_API_KEY\n`);
  terminal.setField("Work/litellm/file", "sk-file\n");
  terminal.setField("Work/litellm/environment", "sk-environment\n");
  const run = async (args: string[], env = {}): Promise<string> =>
    (await terminal.run(["env", "--format", "dotenv", ...args], { env })).stdout;
  assertEquals(await run([]), "OPENAI_API_KEY=sk-file\n");
  const env = { OP_FIELD: "environment", CLAUDE_KEY_VAR: "CLAUDE_TOKEN_X" };
  assertEquals(await run([], env), "CLAUDE_TOKEN_X=sk-environment\n");
  assertEquals(await run(["--var", "LITELLM_TOKEN"], env), "LITELLM_TOKEN=sk-environment\n");
});

Deno.test("half of what Connect needs leaves 1Password's app, with the account and its key", async () => {
  using terminal = new Terminal(`${LOCAL_ENV}OP_ACCOUNT=acme\n`);
  const served = { stdout: `${KEY}\n`, stderr: "", status: 0 };
  const halves = [{}, { OP_CONNECT_HOST: "http://c" }, { OP_CONNECT_TOKEN: "t" }];
  for (const env of halves) assertEquals(await terminal.run(["get"], { env }), served);
  assertEquals(terminal.calls, ["read op://Work/litellm/API Key --account acme"]);
});

Deno.test("an empty variable counts as not set", async () => {
  using terminal = new Terminal(`${LOCAL_ENV}OP_FIELD="API Key"\n`);
  const under = withEmpty("OP_FIELD", "CLAUDE_KEY_TTL", "XDG_CONFIG_HOME");
  assertEquals(await terminal.run(["get"], { under }), KEY_PRINTED);
});

test(
  "a variable that is not Unicode is refused by its name",
  { ignore: NO_BYTES },
  async () => {
    using terminal = new Terminal();
    const under = ["sh", "-c", 'OP_FIELD=$(printf "\\377") exec "$0" "$@"'];
    await assertRefused(terminal, [
      "error: the environment variable OP_FIELD is not valid Unicode",
      "hint: set OP_FIELD again, or unset it",
    ], { under });
  },
);

test({
  name: "without a usable HOME the message says so, and the XDG variables do in its place",
  ignore: NO_XDG,
  fn: async () => {
    using terminal = new Terminal();
    await assertRefused(terminal, [
      "error: OP_ITEM is not set, and there is no configuration file: HOME is not set",
      "hint: set HOME to an absolute path",
      "hint: or set it in this shell: export OP_ITEM=op://Vault/Item",
    ], { env: { HOME: "" } });
    await assertRefused(terminal, [
      'error: HOME is "home/me", which is not an absolute path, so there is no place for the cache',
      "hint: set CLAUDE_KEY_CACHE_DIR to an absolute path",
    ], { env: { HOME: "home/me", OP_ITEM: "op://Work/litellm" } });
    assertEquals(
      await terminal.run(["get"], {
        env: {
          HOME: "",
          XDG_CONFIG_HOME: join(terminal.home, ".config"),
          XDG_CACHE_HOME: join(terminal.root, "cache"),
        },
      }),
      KEY_PRINTED,
    );
  },
});

Deno.test("a relative XDG path is ignored, as its specification wants", async () => {
  using terminal = new Terminal();
  const env = { XDG_CONFIG_HOME: "config", XDG_CACHE_HOME: "cache" };
  assertEquals(await terminal.run(["get"], { env }), KEY_PRINTED);
  assertEquals(terminal.cached.length, 1);
});

Deno.test("a whole reference, a section and an account reach op as they are", async () => {
  using terminal = new Terminal(
    "OP_ITEM=op://Work/litellm/Keys/gateway\nOP_FIELD=ignored\nOP_ACCOUNT=acme\n",
    { "Work/litellm/Keys/gateway": `${KEY}\n` },
  );
  assertEquals(await terminal.run(["get"]), KEY_PRINTED);
  assertEquals(terminal.calls, ["read op://Work/litellm/Keys/gateway --account acme"]);
});

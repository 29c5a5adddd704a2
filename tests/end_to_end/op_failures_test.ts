import { assertEquals } from "@std/assert";
import { join } from "../support/join.ts";
import { lacks } from "../support/tools.ts";
import { shellWord } from "../../lib/text/shell_word.ts";
import { findProgramCommand, signInCommand } from "../../lib/text/typed_commands.ts";
import {
  NO_MODES,
  NO_POSIX_SHELL,
  NO_SIGNALS,
  testOfUnix,
  TYPE_ENDS_AT_NUL_IN_WINE,
} from "../support/skips.ts";
import { type Deed, KEY, NO_KEY, OP, Terminal } from "../support/terminal.ts";

const test = testOfUnix("an op that is a script, and signals");

const SIGN_IN = `unlock the 1Password app, or sign in: ${signInCommand()}`;
const SIGNED_OUT = "op is not signed in to 1Password";
const FILE = "~/.config/claude/local.env";
const TRY_IT = "try it without claude-key: op read 'op://Work/litellm/API Key'";
const AT = "[ERROR] 2026/01/31 12:00:00 ";
const MEGABYTE = 1024 * 1024;
const COULD_NOT = "could not read secret 'op://Work/litellm/API Key': ";

/** What op says, what claude-key makes of it, and with which status it ends. */
type Row = readonly [words: string, status: number, error: string, ...hints: string[]];

const APP = [
  "the 1Password app does not answer",
  "start the 1Password app and unlock it",
  "in the 1Password app: Settings, Developer, Integrate with 1Password CLI",
] as const;

const OFFLINE = [
  "1Password cannot be reached",
  "check the network, then run the same command again",
  "to go on with the last key meanwhile, set CLAUDE_KEY_STALE_IF_ERROR, say to 1d",
] as const;

const ROWS: readonly Row[] = [
  [`${AT}You are not currently signed in. Please run \`op signin\``, 4, SIGNED_OUT, SIGN_IN],
  [`${AT}account is not signed in`, 4, SIGNED_OUT, SIGN_IN],
  [`${AT}${COULD_NOT}account is not signed in`, 4, SIGNED_OUT, SIGN_IN],
  [
    `${AT}No accounts configured for use with 1Password CLI.\nTurn on the integration.`,
    4,
    "op has no account",
    APP[2],
    "or add one: op account add",
  ],
  [`${AT}error initializing client: `, 4, "op cannot use the 1Password app", APP[2]],
  [
    `${AT}${COULD_NOT}error initializing client: authorization prompt dismissed, please try again`,
    4,
    "the approval in 1Password was refused",
    "run the same command again and approve it",
  ],
  [
    `${AT}error initializing client: authorization timeout`,
    6,
    "nobody answered the approval in 1Password",
    "run the same command again and approve it",
  ],
  [
    `${AT}error initializing client: connecting to desktop app: ` +
    "cannot connect to 1Password app, make sure it is running",
    4,
    ...APP,
  ],
  [
    `${AT}error initializing client: connecting to desktop app: read: connection reset`,
    4,
    "the 1Password app hung up on op",
    'op lacks its group: sudo chgrp onepassword-cli "$(command -v op)" ' +
    '&& sudo chmod g+s "$(command -v op)"',
  ],
  [`${AT}Get "https://acme.1password.com": dial tcp: lookup: no such host`, 1, ...OFFLINE],
  [`${AT}${COULD_NOT}unexpected EOF`, 1, ...OFFLINE],
  [
    `${AT}${COULD_NOT}(503) Service Unavailable: Please retry in 58 minutes.`,
    1,
    "1Password cannot serve now: (503) Service Unavailable",
    "wait a little, then run the same command again",
    OFFLINE[2],
  ],
  [
    `${AT}(401) Unauthorized: Authentication required`,
    4,
    "1Password does not accept the session or the token",
    `sign in again: ${signInCommand()}`,
    "or set a token that is still valid",
  ],
  [
    `Enter the password for ada@example.com at acme.1password.com:\n${AT}interactive IO not available`,
    4,
    "op wants to ask for a password, and has no terminal to ask at",
    `sign in at one: ${signInCommand()}`,
    "or let it ask the app: in the 1Password app: Settings, Developer, Integrate with 1Password CLI",
  ],
  [
    "Enter the password for ada@example.com at acme.1password.com: EOF",
    4,
    "op asked for a password and was not given the right one",
    `sign in at a terminal: ${signInCommand()}`,
    "or let it ask the app: in the 1Password app: Settings, Developer, Integrate with 1Password CLI",
  ],
  [
    `${AT}${COULD_NOT}"litellm" isn't an item in the "Work" vault. Specify the item.`,
    5,
    '1Password has no item "litellm" in the vault "Work"',
    `set OP_ITEM in ${FILE}`,
    "see its items: op item list --vault Work",
  ],
  [
    `${AT}More than one vault matches "Work". Try again:`,
    5,
    'more than one vault is called "Work"',
    `give the vault's ID in OP_ITEM in ${FILE}`,
    "see the IDs: op vault list",
  ],
  [
    `${AT}${COULD_NOT}More than one item matches "litellm". Try again:`,
    5,
    'more than one item in the vault "Work" is called "litellm"',
    `give the item's ID in OP_ITEM in ${FILE}`,
    "see the IDs: op item list --vault Work",
  ],
  [
    `${AT}${COULD_NOT}item 'Work/litellm' does not have a field 'API Key'`,
    5,
    '1Password has no field "API Key" in op://Work/litellm',
    `field names are case-sensitive; set OP_FIELD in ${FILE}`,
    "see its fields: op item get litellm --vault Work",
  ],
  [
    `${AT}${COULD_NOT}"Work" isn't a vault in this account. Specify the vault.`,
    5,
    '1Password has no vault "Work" in this account',
    `set OP_ITEM in ${FILE}`,
    `or, if the vault is in another account, set OP_ACCOUNT in ${FILE}`,
    "see the vaults: op vault list",
  ],
  [
    `${AT}found no accounts for filter "acme"`,
    5,
    "op has no such account",
    `set OP_ACCOUNT in ${FILE}`,
    "see the accounts: op account list",
  ],
  [
    `${AT}multiple accounts found. Use the --account flag or set the OP_ACCOUNT variable`,
    5,
    "op has several accounts and was not told which one",
    `set OP_ACCOUNT in ${FILE}`,
    "see the accounts: op account list",
  ],
  [
    `${AT}${COULD_NOT}(403) Forbidden, You do not have access`,
    4,
    "1Password refuses the service account or Connect token",
    "give it access to the vault, or set a token that has it",
  ],
  [
    `${AT}failed to DecodeSACredentials, unrecognized auth type`,
    4,
    "op cannot read the service account token",
    "set OP_SERVICE_ACCOUNT_TOKEN to the whole token, or unset it",
  ],
  [
    `${AT}${COULD_NOT}invalid secret reference 'op://Work'`,
    2,
    'op cannot read the reference "op://Work/litellm/API Key"',
    "names with unusual characters are given by their ID: op item list",
  ],
  [`${AT}the moon is full`, 1, "op says: the moon is full", TRY_IT],
  [
    "No version is set for command op\n" +
    "Consider adding one of the following versions in your config file at ~/.tool-versions\n" +
    "1password-cli 2.18.0",
    1,
    "op says: No version is set for command op",
    TRY_IT,
  ],
  ["\u001b[31mred\u0007", 1, "op says: \\x1b[31mred\\x07", TRY_IT],
];

for (const [words, status, error, ...hints] of ROWS) {
  const report = [`error: ${error}`, ...hints.map((hint) => `hint: ${hint}`)];
  const stderr = report.map((line) => `claude-key: ${line}\n`).join("");
  Deno.test(`op says ${JSON.stringify(words)}: exit status ${status}`, async () => {
    using terminal = new Terminal();
    terminal.failWith(words);
    assertEquals(await terminal.run(["get"]), {
      stdout: "",
      stderr: `${words.replace(/\n+$/, "")}\n${terminal.shown(stderr)}`,
      status,
    });
    assertEquals(terminal.cached, []);
  });
}

Deno.test("what op is told and says of an account is named", async () => {
  using terminal = new Terminal();
  terminal.failWith('found no accounts for filter "acme"');
  assertEquals(await terminal.run(["get"], { env: { OP_ACCOUNT: "acme" } }), {
    stdout: "",
    stderr: 'found no accounts for filter "acme"\n' +
      'claude-key: error: op has no account "acme"\n' +
      "claude-key: hint: set the environment variable OP_ACCOUNT\n" +
      "claude-key: hint: see the accounts: op account list\n",
    status: 5,
  });
  assertEquals(terminal.calls, ["read op://Work/litellm/API Key --account acme"]);
});

Deno.test("hints name the place that counts", async () => {
  const line = "claude-key: hint: field names are case-sensitive; set ";
  const cases = [
    ["OP_ITEM=op://Work/litellm", {}, `OP_FIELD in ${FILE}`],
    ["OP_ITEM=op://Work/litellm", { OP_FIELD: "Token" }, "the environment variable OP_FIELD"],
    ["OP_ITEM=op://Work/litellm/Token", { OP_FIELD: "API Key" }, `OP_ITEM in ${FILE}`],
    ["", { OP_ITEM: "op://Work/litellm/Token" }, "the environment variable OP_ITEM"],
  ] as const;
  for (const [localEnv, env, place] of cases) {
    using terminal = new Terminal(`${localEnv}\nOP_ACCOUNT=acme\n`);
    terminal.failWith("item 'Work/litellm' does not have a field 'Token'");
    const { stderr } = await terminal.run(["get"], { env });
    assertEquals(stderr.split("\n").slice(2), [
      line + terminal.shown(place),
      "claude-key: hint: see its fields: op item get litellm --vault Work --account acme",
      "",
    ]);
  }
});

Deno.test("CLAUDE_DEBUG shows all of the words that are not understood", async () => {
  using terminal = new Terminal();
  terminal.failWith("first this\n[ERROR] then \u009bthat");
  const { stderr } = await terminal.run(["get"], { env: { CLAUDE_DEBUG: "1" } });
  const said = stderr.split("\n").filter((line) => line.includes("op said"));
  assertEquals(said, [
    "claude-key: op said: first this",
    "claude-key: op said: then \\x9bthat",
  ]);
});

Deno.test("what is not called so by 1Password is no outage", async () => {
  for (const name of ["EOF", "503 Service", "dial tcp", "stream error", "unexpected EOF"]) {
    for (
      const words of [`"${name}" was deleted`, `the vault was deleted: ${name}`, `gone: ${name}`]
    ) {
      using terminal = new Terminal(`OP_ITEM="op://${name}/litellm"\n`);
      terminal.failWith(words);
      const { stderr, status } = await terminal.run(["get"]);
      assertEquals(status, 1);
      assertEquals(stderr.split("\n")[1], `claude-key: error: op says: ${words}`);
    }
  }
});

Deno.test("an account that can be none is no option of op", async () => {
  for (const account of ["--x", "-", "two words", "--session=x"]) {
    using terminal = new Terminal();
    const { stdout, stderr, status } = await terminal.run(["get"], {
      env: { OP_ACCOUNT: account },
    });
    assertEquals([stdout, status, terminal.calls], ["", 2, []]);
    assertEquals(
      stderr,
      `claude-key: error: "${account}" can be no account\n` +
        "claude-key: hint: set the environment variable OP_ACCOUNT " +
        "to a sign-in address, say team.1password.com, or an ID: op account list\n",
    );
  }
});

Deno.test("an item, vault or account named like an option becomes none", async () => {
  using terminal = new Terminal('OP_ITEM="op://-v/--share-link"\n');
  terminal.failWith("item '-v/--share-link' does not have a field 'API Key'");
  const { stderr } = await terminal.run(["get"]);
  assertEquals(
    stderr.split("\n").at(-2),
    `claude-key: hint: see its fields: op item get --vault=-v ${shellWord("--")} --share-link`,
  );
  terminal.failWith("--share-link isn't an item in the -v vault");
  assertEquals(
    (await terminal.run(["get"])).stderr.split("\n").at(-2),
    "claude-key: hint: see its items: op item list --vault=-v",
  );
});

/** What op does, what comes of it on stderr, and with which status claude-key ends. */
const DEEDS: readonly (readonly [what: string, Partial<Deed>, stderr: string, status: number])[] = [
  [
    "fails and says nothing",
    { status: 1 },
    `claude-key: error: op failed and said nothing\nclaude-key: hint: ${TRY_IT}\n`,
    1,
  ],
  ["prints nothing", {}, wrongField("is empty"), 5],
  ["prints an empty line", { stdout: "\n" }, wrongField("is empty"), 5],
  ["prints two lines", { stdout: "one\ntwo\n" }, wrongField("has more than one line"), 5],
  ["prints nothing but white space", { stdout: " \t\u00a0\n\n" }, wrongField("is empty"), 5],
  [
    "prints a line of words",
    { stdout: "ask Ada for it\n" },
    wrongField("has white space inside"),
    5,
  ],
  [
    "prints a no-break space inside",
    { stdout: "sk\u00a0one\n" },
    wrongField("has white space inside"),
    5,
  ],
  ["prints a tab inside", { stdout: "sk\tone\n" }, wrongField("has white space inside"), 5],
  [
    "prints a zero-width space inside",
    { stdout: "sk\u200bone\n" },
    wrongField("has an invisible character inside"),
    5,
  ],
  ["prints a control character", { stdout: "sk-\x1b[0m\n" }, wrongField("is not plain text"), 5],
  ["prints a carriage return", { stdout: "sk\rfalse\n" }, wrongField("is not plain text"), 5],
  ["prints a NUL", { stdout: "sk\0false\n" }, wrongField("is not plain text"), 5],
  ["prints a C1 control", { stdout: "sk\x85\n" }, wrongField("is not plain text"), 5],
  [
    "prints no UTF-8",
    { stdout: new Uint8Array([0x73, 0x6b, 0xff, 0x0a]) },
    wrongField("is not plain text"),
    5,
  ],
  [
    "prints a megabyte",
    { stdout: "a".repeat(MEGABYTE) },
    wrongField("is longer than 64 KiB"),
    5,
  ],
  [
    "prints a key and fails",
    { stdout: `${KEY}\n`, status: 1 },
    `claude-key: error: op failed and said nothing\nclaude-key: hint: ${TRY_IT}\n`,
    1,
  ],
];

function wrongField(what: string): string {
  return `claude-key: error: op://Work/litellm/API Key ${what}, so it is not an API key\n` +
    `claude-key: hint: name the field that holds the key: set OP_FIELD in ${FILE}\n`;
}

/** An `op` that misbehaves costs the evaluation, and nothing is kept. */
async function assertNoKey(terminal: Terminal, stderr: string, status: number): Promise<void> {
  const expected = { stdout: NO_KEY, stderr: terminal.shown(stderr), status };
  assertEquals(await terminal.run(["env"]), expected);
  assertEquals(terminal.cached, []);
}

for (const [what, deed, stderr, status] of DEEDS) {
  Deno.test(`op ${what}: exit status ${status}`, {
    ignore: what === "prints a NUL" && TYPE_ENDS_AT_NUL_IN_WINE,
  }, async () => {
    using terminal = new Terminal();
    terminal.perform(deed);
    await assertNoKey(terminal, stderr, status);
  });
}

test("op is killed: exit status 1", { ignore: NO_SIGNALS }, async () => {
  using terminal = new Terminal();
  terminal.runInstead("kill -KILL $$");
  const stderr = "claude-key: error: op was killed by SIGKILL\n" +
    "claude-key: hint: run the same command again\n";
  await assertNoKey(terminal, stderr, 1);
});

Deno.test("op prints for ever: exit status 5", async () => {
  using terminal = new Terminal();
  terminal.runInstead("yes", ":more\n@echo y\n@goto more\n");
  await assertNoKey(terminal, wrongField("is longer than 64 KiB"), 5);
});

Deno.test(
  "op prints a key without a newline, or with CRLF: it is the key",
  async () => {
    for (const end of ["", "\r\n"]) {
      using terminal = new Terminal(undefined, { "Work/litellm/API Key": KEY + end });
      terminal.writeLocalEnv('OP_ITEM="op://Work/litellm"\n');
      assertEquals(await terminal.run(["get"]), { stdout: `${KEY}\n`, stderr: "", status: 0 });
      assertEquals(Deno.readTextFileSync(terminal.keyFile), `${KEY}\n`);
    }
  },
);

const STRIPPED = "claude-key: warning: op://Work/litellm/API Key has white space around its key, " +
  "which is left out; remove it in 1Password\n";

Deno.test("white space around a key is left out, which is said once", async () => {
  for (
    const [before, after] of [
      ["", "\n\n"],
      ["", "\t\n"],
      ["", "\r\n\r\n"],
      [" ", " \n"],
      ["\n", "\n"],
      ["\u00a0", "\u00a0"],
      ["\ufeff", "\n"],
      ["", "\u200b"],
      ["\u2060\u3000", "\u2028\u00ad\n"],
    ] as const
  ) {
    using terminal = new Terminal();
    terminal.setField("Work/litellm/API Key", before + KEY + after);
    assertEquals(await terminal.run(["get"]), {
      stdout: `${KEY}\n`,
      stderr: STRIPPED,
      status: 0,
    });
    assertEquals(await terminal.run(["get"]), { stdout: `${KEY}\n`, stderr: "", status: 0 });
    assertEquals(Deno.readTextFileSync(terminal.keyFile), `${KEY}\n`);
  }
});

Deno.test("white space around a project's own key is left out, too", async () => {
  using terminal = new Terminal('OP_ITEM="op://Work/litellm"\nCLAUDE_KEY_PROJECT_FIELDS=1\n');
  terminal.setField("Work/litellm/shop", ` ${KEY}\n`);
  const { stdout, stderr, status } = await terminal.run(["get"], {
    env: { CLAUDE_PROJECT: "shop" },
  });
  assertEquals([stdout, stderr, status], [
    `${KEY}\n`,
    STRIPPED.replace("API Key", "shop"),
    0,
  ]);
});

Deno.test("doctor holds no key to be one that is none", async () => {
  using terminal = new Terminal();
  terminal.setField("Work/litellm/API Key", "ask Ada for it\n");
  const { stdout } = await terminal.run(["doctor", "--yes"]);
  assertEquals(stdout.includes("reading: op://Work/litellm/API Key has white space inside"), true);
  assertEquals(stdout.includes("holds a key"), false, stdout);
  terminal.setField("Work/litellm/API Key", ` ${KEY}\n`);
  const around = await terminal.run(["doctor", "--yes"]);
  assertEquals(
    around.stdout.includes(
      "warning  reading: op://Work/litellm/API Key holds a key with white space around it\n" +
        "         by hand: remove the white space in 1Password\n",
    ),
    true,
    around.stdout,
  );
});

Deno.test("op prints the longest key that there may be, and nothing longer", async () => {
  using terminal = new Terminal();
  const longest = "k".repeat(64 * 1024 - 1);
  terminal.setField("Work/litellm/API Key", `${longest}\n`);
  const served = { stdout: `${longest}\n`, stderr: "", status: 0 };
  assertEquals(await terminal.run(["get"]), served);
  assertEquals(await terminal.run(["get"]), served);
  assertEquals(terminal.calls.length, 1);
  terminal.setField("Work/litellm/API Key", `${longest}k\n`);
  assertEquals((await terminal.run(["get", "--refresh"])).status, 5);
});

Deno.test("op says a megabyte of invalid UTF-8 before the reason", async () => {
  using terminal = new Terminal();
  const reason = new TextEncoder().encode("\naccount is not signed in\n");
  const noise = new Uint8Array(MEGABYTE).fill(0xff);
  terminal.perform({ stderr: new Uint8Array([...noise, ...reason]), status: 1 });
  const { stdout, stderr, status } = await terminal.run(["get"]);
  assertEquals([stdout, status], ["", 4]);
  assertEquals(
    stderr.slice(stderr.indexOf("claude-key:")),
    `claude-key: error: ${SIGNED_OUT}\nclaude-key: hint: ${SIGN_IN}\n`,
  );
});

Deno.test("op says a megabyte that means nothing: the report stays short", async () => {
  using terminal = new Terminal();
  terminal.perform({ stderr: "x".repeat(MEGABYTE), status: 1 });
  const { stdout, stderr, status } = await terminal.run(["get"]);
  assertEquals([stdout, status], ["", 1]);
  const report = stderr.slice(stderr.indexOf("claude-key:"));
  assertEquals(report.length < 1000, true, `the report has ${report.length} characters`);
});

test("variables of loaders that are named oddly keep op from nothing", {
  ignore: lacks("env"),
}, async () => {
  const names = ["LD_A, LD_B", "LD_A, LD_B, DYLD_C", "LD_X environment variables. LD_Y", "LD_"];
  for (const odd of [...names.map((name) => [name]), names]) {
    using terminal = new Terminal();
    const under = ["env", ...odd.map((name) => `${name}=x`)];
    assertEquals(await terminal.run(["get"], { under }), {
      stdout: `${KEY}\n`,
      stderr: "",
      status: 0,
    });
  }
});

/** How `op` is installed, and where it usually is. */
const INSTALLED: Partial<Record<typeof Deno.build.os, readonly [how: string, where: string]>> = {
  darwin: ["brew install 1password-cli", "/opt/homebrew/bin, /usr/local/bin or ~/.local/bin"],
  windows: [
    "winget install AgileBits.1Password.CLI",
    String.raw`%LOCALAPPDATA%\Microsoft\WinGet\Links`,
  ],
};
const [HOW, WHERE] = INSTALLED[Deno.build.os] ??
  [
    "https://developer.1password.com/docs/cli/get-started",
    "/usr/bin, /usr/local/bin or ~/.local/bin",
  ];
const MISSING = [
  `install it: ${HOW}`,
  "then see that it works: op --version",
  `or its folder is missing from PATH: op usually is in ${WHERE}`,
  ...(Deno.build.os === "linux"
    ? ['or you are in WSL and have op.exe: sudo ln -s "$(command -v op.exe)" /usr/local/bin/op']
    : []),
].map((hint) => `claude-key: hint: ${hint}\n`).join("");

Deno.test("there is no op: exit status 3", async () => {
  using terminal = new Terminal();
  Deno.removeSync(join(terminal.bin, OP));
  assertEquals(await terminal.run(["get"]), {
    stdout: "",
    stderr: `claude-key: error: op, the 1Password CLI, is in no folder of PATH\n${MISSING}`,
    status: 3,
  });
});

test("op may not be run: exit status 3", { ignore: NO_MODES }, async () => {
  using terminal = new Terminal();
  Deno.chmodSync(join(terminal.bin, "op"), 0o600);
  assertEquals(await terminal.run(["get"]), {
    stdout: "",
    stderr: `claude-key: error: op, the 1Password CLI, is in no folder of PATH\n${MISSING}`,
    status: 3,
  });
});

const RELATIVE = Deno.build.os === "windows" ? "bin" : "bin:/usr/bin:/bin";

Deno.test("op is in a folder of PATH that is not absolute: exit status 3", async () => {
  using terminal = new Terminal();
  assertEquals(
    await terminal.run(["get"], { cwd: terminal.root, env: { PATH: RELATIVE } }),
    {
      stdout: "",
      stderr: "claude-key: error: op is not where it was found when claude-key started\n" +
        "claude-key: hint: write the folders of PATH as absolute paths, " +
        `then see which op there is: ${findProgramCommand("op")}\n`,
      status: 3,
    },
  );
});

for (
  const [what, content, expected] of [
    ["is a text that the shell cannot make sense of", "\u007fELF nonsense", 1],
    ["is an empty file", "", 5],
    ["names an interpreter that is missing", "#!/nonexistent/interpreter\n", 3],
  ] as const
) {
  test(`op ${what}: exit status ${expected}`, { ignore: NO_POSIX_SHELL }, async () => {
    using terminal = new Terminal();
    Deno.writeTextFileSync(join(terminal.bin, "op"), content);
    const { stdout, stderr, status } = await terminal.run(["get"]);
    assertEquals([stdout, status], ["", expected], stderr);
    assertEquals(stderr.includes("claude-key: error: op"), true, stderr);
    assertEquals(stderr.includes("unexpected"), false, stderr);
  });
}

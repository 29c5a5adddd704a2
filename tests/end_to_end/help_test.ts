import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parseCommandLine } from "../../lib/command_line/arguments.ts";
import { COMMANDS, COMMON_OPTIONS } from "../../lib/command_line/command_table.ts";
import { EXIT_STATUS } from "../../lib/failure/failure.ts";
import { commandHelp, overview } from "../../lib/help/help.ts";
import { defaultOf, SETTING_NAMES } from "../../lib/configuration/settings.ts";
import { EVALUATION_LINES } from "../../lib/shells/evaluation_lines.ts";
import { NEW_TEXTS } from "../support/new_texts.ts";
import { Terminal } from "../support/terminal.ts";

/** Every page of help, as somebody has read it. */
const PAGES = new URL("./help_pages.txt", import.meta.url);

const TEXTS: ReadonlyMap<string, string> = new Map([
  ["", overview()],
  ...COMMANDS.map((command) => [command.name, commandHelp(command)] as const),
]);

function textOf(name: string): string {
  return TEXTS.get(name) ?? "";
}

/** A text as if its lines had not been broken. */
function unbroken(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}

Deno.test("help is shown in whatever way it is asked for", async () => {
  using terminal = new Terminal(null);
  const ways: readonly (readonly [string, ...string[]])[] = [
    ["", "help"],
    ["", "--help"],
    ["", "-h"],
    ["env", "help", "env"],
    ["env", "env", "--help"],
    ["env", "env", "-h"],
    ["env", "--help", "env"],
    ["env", "env", "--refresh", "--bogus", "--help"],
    ["help", "help", "--help"],
  ];
  await Promise.all(ways.map(async ([name, ...args]) => {
    assertEquals(await terminal.run(args), { stdout: textOf(name), stderr: "", status: 0 });
  }));
  assertEquals(terminal.calls, []);
});

Deno.test("every page says what was agreed upon", () => {
  const pages = Array.from(
    TEXTS,
    ([name, text]) => `$ claude-key help ${name}`.trim() + `\n${text}`,
  );
  if (NEW_TEXTS) Deno.writeTextFileSync(PAGES, pages.join("\n"));
  assertEquals(pages.join("\n"), Deno.readTextFileSync(PAGES));
});

Deno.test("the overview says in this order what a newcomer wants to know", () => {
  assertEquals(overview().split("\n").filter((line) => !line.startsWith(" ")), [
    "claude-key: the gateway key of Claude Code, from 1Password, with one approval",
    ...["per 12 hours", ""],
    ...["usage: claude-key COMMAND [OPTIONS]", ""],
    ...["commands:", ""],
    ...["options:", ""],
    ...["settings, in the environment or in local.env:", ""],
    ...["exit status:", ""],
    ...["to begin:", ""],
    ...["more on a command: claude-key help COMMAND", ""],
  ]);
  assertStringIncludes(
    overview(),
    `
options:
  -h, --help     show help
  -V, --version  show the version

`,
  );
  assertStringIncludes(
    overview(),
    `
to begin:
  claude-key setup
      asks for what is needed and writes local.env
  eval "$(claude-key env || echo false)" && claude
      starts Claude Code with its key

`,
  );
});

Deno.test("help on a command shows everything that the table has of it, in columns", () => {
  const shown = commandHelp({
    name: "frobnicate",
    summary: "does what it is called",
    operand: "KIND",
    choices: ["soft", "hard"],
    options: [
      { name: "fast", letter: "f", summary: "in a hurry" },
      { name: "times", value: "N", default: "3", summary: "how often" },
      { name: "until", value: "WHEN", choices: ["noon", "dusk"], summary: "when to end" },
      { name: "ttl", value: "AGE", setting: "CLAUDE_KEY_TTL", summary: "a setting" },
    ],
    variables: ["CLAUDE_KEY_CACHE_DIR", "OP_FIELD", "NO_COLOR"],
    negative: "nothing was frobnicated",
    failures: ["usage"],
    examples: [
      { line: "claude-key frobnicate soft", does: "does it gently" },
      { line: "claude-key frobnicate hard", does: "does it" },
    ],
  });
  assertEquals(
    shown,
    `\
claude-key frobnicate: does what it is called

usage: claude-key frobnicate KIND [--fast] [--times N] [--until WHEN]
                             [--ttl AGE]

KIND:
  soft, hard

options:
  -f, --fast    in a hurry
  --times N     how often (default: 3)
  --until WHEN  when to end: noon, dusk
  --ttl AGE     a setting (default: 12h)
  -h, --help    show help

variables:
  CLAUDE_KEY_CACHE_DIR  absolute path of the cache folder
  OP_FIELD              the field, where OP_ITEM names none (default: API Key)
  NO_COLOR              any value: no colours

exit status:
  0  done
  1  nothing was frobnicated
  2  wrong usage

examples:
  claude-key frobnicate soft
      does it gently
  claude-key frobnicate hard
      does it
`,
  );
});

Deno.test("help on something unknown is refused", async () => {
  using terminal = new Terminal(null);
  assertEquals(await terminal.run(["help", "frobnicate"]), {
    stdout: "",
    stderr: 'claude-key: error: help does not know "frobnicate"\n' +
      `claude-key: hint: it takes ${COMMANDS.map(({ name }) => name).join(", ")}\n`,
    status: 2,
  });
});

Deno.test("no line of help is longer than 80 characters, or ends in white space", () => {
  const whole = Object.values(EVALUATION_LINES).map(({ line }) => line);
  for (const text of TEXTS.values()) {
    for (const line of text.split("\n")) {
      assert(line.length <= 80 || whole.some((command) => line.endsWith(`  ${command}`)), line);
      assertEquals(line.trimEnd(), line);
    }
    assert(text.endsWith("\n") && !text.endsWith("\n\n"));
  }
});

Deno.test("help names every command, option and value, with its default", () => {
  for (const command of COMMANDS) {
    const text = unbroken(textOf(command.name));
    assertStringIncludes(unbroken(overview()), `${command.name} `);
    assertStringIncludes(unbroken(overview()), command.summary);
    for (const option of [...command.options, ...COMMON_OPTIONS]) {
      assertStringIncludes(text, `--${option.name}${option.value ? ` ${option.value}` : ""}`);
      assertStringIncludes(text, option.summary);
      if (option.setting) assertStringIncludes(text, `(default: ${defaultOf(option.setting)})`);
      if (option.choices) assertStringIncludes(text, option.choices.join(", "));
    }
  }
});

Deno.test("of what an option's value is without it help says, unless it is nothing or asked for", () => {
  const silent = COMMANDS.flatMap(({ options }) => options)
    .filter(({ value, setting, default: preset }) => value && !setting && !preset);
  assertEquals(silent.map(({ name }) => name), ["format", "item"]);
});

Deno.test("every command may be typed wrongly, and some command goes by every setting", () => {
  assertEquals(COMMANDS.filter(({ failures }) => !failures.includes("usage")), []);
  const named = new Set<string>(COMMANDS.flatMap(({ variables }) => variables));
  // These two are told of with the project's header alone.
  const others = ["CLAUDE_PROJECT", "CLAUDE_GITHUB_REPO"];
  assertEquals(SETTING_NAMES.filter((name) => !named.has(name)), others);
});

/** A value of each setting that whatever goes by the setting refuses. */
const WRONG = {
  ...{ OP_ITEM: "op:/Work", OP_FIELD: "API\u200bKey", OP_ACCOUNT: "acme\u200b" },
  ...{ LITELLM_BASE_URL: "litellm", CLAUDE_KEY_VAR: "PATH", CLAUDE_KEY_CACHE_DIR: "cache" },
  ...{ CLAUDE_KEY_TTL: "soon", CLAUDE_KEY_STALE_IF_ERROR: "soon", CLAUDE_KEY_TIMEOUT: "soon" },
  ...{ CLAUDE_KEY_PROJECT_FIELDS: "2", CLAUDE_KEY_REPO_HEADER: "2", CLAUDE_DEBUG: "2" },
};

for (const command of COMMANDS.filter(({ name }) => ["env", "get"].includes(name))) {
  Deno.test(`help on ${command.name} names the settings that it goes by`, async () => {
    using terminal = new Terminal();
    const refused: string[] = [];
    await Promise.all(
      Object.entries(WRONG).map(async ([name, value]) => {
        const { status } = await terminal.run([command.name], { env: { [name]: value } });
        if (status === 2) refused.push(name);
      }),
    );
    assertEquals(command.variables.toSorted(), refused.sort());
  });
}

Deno.test("help names every setting with its default, and every exit status", () => {
  const text = unbroken(overview());
  for (const name of SETTING_NAMES) {
    const [, explained] = text.split(` ${name} `);
    const preset = defaultOf(name);
    if (preset !== undefined) {
      assertEquals(/\(default: (.*?)\)/.exec(explained ?? "")?.[1], preset);
    }
  }
  const [, statuses] = overview().split("exit status:\n");
  for (const status of Object.values(EXIT_STATUS)) {
    assert(new RegExp(`^ +${status} `, "m").test(statuses ?? ""), `${status}`);
  }
});

Deno.test("help on env shows what to type in each shell", () => {
  for (const [shell, { line }] of Object.entries(EVALUATION_LINES)) {
    assert(new RegExp(`^  ${shell} `, "m").test(textOf("env")), shell);
    assertStringIncludes(textOf("env"), `${line}\n`);
  }
});

Deno.test("help on init shows what to write in each start-up file", () => {
  assertStringIncludes(
    textOf("init"),
    `
what to write in a start-up file:
  eval "$(claude-key init bash)"
      in ~/.bashrc
  eval "$(claude-key init zsh)"
      in ~/.zshrc
  claude-key init fish | source
      in ~/.config/fish/config.fish
  claude-key init pwsh | Out-String | Invoke-Expression
      in $PROFILE
  eval "$(claude-key init posix)"
      in the file that ENV names

`,
  );
});

Deno.test("the examples of help are command lines that claude-key understands", async () => {
  for (const { name, examples } of COMMANDS) {
    for (const { line } of examples) {
      assertStringIncludes(textOf(name), `\n  ${line}\n`);
      const [, args] = /claude-key ([^")|]*)/.exec(line) ?? [];
      assert(args !== undefined, line);
      await parseCommandLine(args.trim().split(" "));
    }
  }
});

import { assert, assertEquals } from "@std/assert";
import { COMMANDS, COMMON_OPTIONS, TOP_OPTIONS } from "../../lib/command_line/command_table.ts";
import { completionsFor } from "../../lib/completions/completions.ts";
import { type Place, places } from "../../lib/completions/places.ts";
import { COMPLETING_SHELLS } from "../../lib/shells/names.ts";
import { InteractiveShell, TYPED_SHELLS } from "../support/interactive_shell.ts";
import { NO_POWERSHELL, runScript } from "../support/powershell_script.ts";
import { isInstalled } from "../support/real_shells.ts";
import { testOfUnix } from "../support/skips.ts";
import { KEY, type Run, Terminal } from "../support/terminal.ts";

/** A word behind which nothing special is expected. */
const ANY_WORD = "--help";

const NAMES = COMMANDS.map(({ name }) => name);

/** The words before the cursor at each place, and what can be typed there. */
const PLACES = places().map((place) => ({
  before: wordsBefore(place),
  texts: place.candidates.map(({ text }) => text),
}));

function wordsBefore({ command, previous }: Place): string[] {
  if (command === "") return [];
  if (previous === command) return [command];
  return [command, previous ?? ANY_WORD];
}

Deno.test("what can be typed is what the table of commands has", () => {
  const texts = (...before: string[]): readonly string[] | undefined =>
    PLACES.find((place) => place.before.join() === before.join())?.texts;
  assertEquals(texts(), [...NAMES, ...TOP_OPTIONS.map(({ name }) => `--${name}`)]);
  for (const { name, choices, options } of COMMANDS) {
    const all = [...options, ...COMMON_OPTIONS].map((option) => `--${option.name}`);
    assertEquals(texts(name, ANY_WORD), all);
    if (choices !== undefined) assertEquals(texts(name), [...choices, ...all]);
    for (const option of options) {
      if (option.value) assertEquals(texts(name, `--${option.name}`), option.choices ?? []);
    }
  }
});

Deno.test("the program prints the completions of each shell", async () => {
  using terminal = new Terminal(null);
  for (const shell of COMPLETING_SHELLS) {
    const text = await completionsFor(shell);
    const run = await terminal.run(["completions", shell]);
    assertEquals(run, { stdout: text, stderr: "", status: 0 });
    for (const name of NAMES) assert(text.includes(name), `${shell}: ${name}`);
  }
});

Deno.test("completions of a shell that has none are refused", async () => {
  using terminal = new Terminal(null);
  assertEquals(await terminal.run(["completions", "posix"]), {
    stdout: "",
    stderr: 'claude-key: error: completions does not know "posix"\n' +
      "claude-key: hint: it takes bash, zsh, fish, pwsh\n",
    status: 2,
  });
});

/** Runs a script in a shell that is not interactive. */
async function script(terminal: Terminal, command: string, ...args: string[]): Promise<Run> {
  return await terminal.run([], { program: { command, args, env: {} } });
}

const test = testOfUnix("completions in bash, zsh and fish");

test({
  name: "bash completes at every place, whatever IFS and options are",
  ignore: !isInstalled("bash"),
  fn: async () => {
    using terminal = new Terminal(null);
    const lines = PLACES.map(({ before }) => {
      const words = ["claude-key", ...before, ""].map((word) => `'${word}'`);
      return `COMP_WORDS=(${words.join(" ")}) COMP_CWORD=${words.length - 1}; show`;
    });
    const text = `${await completionsFor("bash")}${await completionsFor("bash")}
      show() { _claude_key; local IFS=' '; echo "\${COMPREPLY[*]-}"; }
      COMPREPLY=() IFS=-e
      ${lines.join("\n")}
      COMP_WORDS=(claude-key env --shell = fi) COMP_CWORD=4; show
      COMP_WORDS=(claude-key env --shell =) COMP_CWORD=3; show
      COMP_WORDS=(claude-key env --sh) COMP_CWORD=2; show
      COMP_WORDS=(claude-key strange '') COMP_CWORD=2; show
      complete -p claude-key`;
    const shells = PLACES.find(({ before }) => before.join(" ") === "env --shell")?.texts ?? [];
    assertEquals(await script(terminal, "bash", "--norc", "-euo", "pipefail", "-c", text), {
      stdout: [
        ...PLACES.map(({ texts }) => texts.join(" ")),
        "fish",
        shells.join(" "),
        "--shell",
        "",
        "complete -F _claude_key claude-key",
        "",
      ].join("\n"),
      stderr: "",
      status: 0,
    });
  },
});

test({
  name: "fish completes at every place, once",
  ignore: !isInstalled("fish"),
  fn: async () => {
    using terminal = new Terminal(null);
    const file = `${terminal.home}/completions`;
    Deno.writeTextFileSync(file, await completionsFor("fish"));
    const lines = PLACES.flatMap(({ before }) =>
      ["", "-"].map((start) =>
        `complete -C '${["claude-key", ...before, start].join(" ")}'; echo .`
      )
    );
    const text = `source ${file}; source ${file}\n${lines.join("\n")}`;
    const { stdout, stderr, status } = await script(terminal, "fish", "--no-config", "-c", text);
    assertEquals([stderr, status], ["", 0]);
    const answers = stdout.split(".\n").slice(0, -1).map((answer) =>
      answer.split("\n").slice(0, -1).map((line) => line.split("\t")[0] ?? "")
    );
    for (const [index, { before, texts }] of PLACES.entries()) {
      // fish shows options when a dash is typed, the short ones too, and wherever it may be one.
      const [words = [], dashed = []] = answers.slice(2 * index, 2 * index + 2);
      const options = dashed.filter((option) => option.startsWith("--"));
      const found = [...words, ...(texts.includes(ANY_WORD) ? options : [])];
      assertEquals(found.sort(), [...texts].sort(), before.join(" "));
    }
  },
});

test({
  name: "zsh reads its completions before compinit, in silence",
  ignore: !isInstalled("zsh"),
  fn: async () => {
    using terminal = new Terminal(null);
    const text = `${await completionsFor("zsh")}\nwhence -w _claude-key`;
    for (const options of [["-fc"], ["-feuc"], ["-fo", "ksharrays", "-c"]]) {
      assertEquals(await script(terminal, "zsh", ...options, text), {
        stdout: "_claude-key: function\n",
        stderr: "",
        status: 0,
      });
    }
  },
});

Deno.test("fish is told of commands, options, values and operands in its own terms", async () => {
  const lines = (await completionsFor("fish")).split("\n");
  const told = (condition: string, what: string): string | undefined =>
    lines.find((line) =>
      line.startsWith(`complete --command claude-key --condition ${condition} ${what}`)
    )?.split(` ${what} `)[1];
  const nothing = "'__claude_key_at \\'\\''";
  const operand = "'__claude_key_at completions first'";
  for (
    const [condition, what, rest] of [
      [nothing, "--arguments get", "'print the key alone, for apiKeyHelper and scripts'"],
      [nothing, "--long-option version --short-option V", "'show the version'"],
      ["'__claude_key_at get'", "--long-option help --short-option h", "'show help'"],
      [
        "'__claude_key_at env'",
        "--long-option var --exclusive",
        "'the variable that receives the key'",
      ],
      [
        "'__claude_key_at env'",
        "--long-option format --exclusive --arguments 'json dotenv'",
        "'a format for programs instead'",
      ],
      [
        operand,
        "--arguments 'bash zsh fish pwsh'",
        "'print completions for your shell; init has them too'",
      ],
    ] as const
  ) {
    assertEquals(told(condition, what), `--description ${rest}`);
  }
});

Deno.test("zsh is told of commands, options, values and operands in its own terms", async () => {
  const text = await completionsFor("zsh");
  for (
    const line of [
      "    'get:print the key alone, for apiKeyHelper and scripts'",
      "    '(- *)-V[show the version]' '(- *)--version[show the version]' \\",
      "        get) _arguments '--refresh[ask 1Password even if a key is cached]' " +
      "'--cached[print a cached key or none, and never ask 1Password]' " +
      "'--ttl=[how long a cached key is used; 0\\: no cache]:DURATION: ' " +
      "'(-h --help)-h[show help]' '(-h --help)--help[show help]' ;;",
      "        completions) _arguments '(-h --help)-h[show help]' '(-h --help)--help[show help]' " +
      "'1:SHELL:(bash zsh fish pwsh)' ;;",
    ]
  ) {
    assert(text.includes(`\n${line}\n`), line);
  }
  const choices = "'--format=[a format for programs instead]:FORMAT:(json dotenv)'";
  const bracket = "'--item=[name or ID of the item, or op\\://Vault/Item[/Field\\]]:ITEM: '";
  for (const spec of [choices, bracket]) assert(text.includes(` ${spec} `), spec);
});

Deno.test("PowerShell completes at every place, once", { ignore: NO_POWERSHELL }, async () => {
  using terminal = new Terminal(null);
  const cases = [
    ...PLACES.map(({ before, texts }) => ({
      line: ["claude-key", ...before, ""].join(" "),
      expected: texts,
    })),
    { line: "claude-key st", expected: ["status"] },
    { line: "claude-key env --sh", expected: ["--shell"] },
    { line: "claude-key env --shell fi", expected: ["fish"] },
    { line: "claude-key env --shell=fi", expected: ["--shell=fish"] },
    { line: "claude-key env --format=", expected: ["--format=json", "--format=dotenv"] },
    { line: "claude-key nonsense ", expected: [] },
  ];
  Deno.writeTextFileSync(`${terminal.home}/completions`, await completionsFor("pwsh"));
  Deno.writeTextFileSync(`${terminal.home}/lines`, JSON.stringify(cases.map(({ line }) => line)));
  const { told, stdout, stderr, status } = await runScript(
    terminal,
    `Set-StrictMode -Version Latest; $ErrorActionPreference = 'Stop'
    foreach ($time in 1, 2) { Get-Content -Raw $HOME/completions | Invoke-Expression }
    $lines = Get-Content -Raw $HOME/lines | ConvertFrom-Json
    # Where claude-key offers nothing PowerShell offers the files that are there.
    $null = mkdir empty; Set-Location empty
    foreach ($line in $lines) {
        $found = (TabExpansion2 -inputScript "$line; claude" -cursorColumn $line.Length).CompletionMatches
        tell (($found | ForEach-Object { $_.CompletionText }) -join ' ')
    }
    tell (TabExpansion2 -inputScript 'claude-key ge' -cursorColumn 13).CompletionMatches[0].ToolTip
    tell $Error.Count`,
  );
  assertEquals([stdout, stderr, status], ["", "", 0]);
  const expected = cases.map(({ expected }) => expected.join(" "));
  const summary = COMMANDS.find(({ name }) => name === "get")?.summary ?? "";
  assertEquals(told, [...expected, summary, "0"]);
});

for (const shell of TYPED_SHELLS) {
  test({
    name: `typed in ${shell.shell}, the tabulator completes commands, operands and options`,
    ignore: !isInstalled(shell.shell) || !isInstalled("tmux"),
    fn: async () => {
      using terminal = new Terminal();
      const compinit = shell.shell === "zsh" ? "autoload -Uz compinit; compinit -uD\n" : "";
      const before = compinit + shell.before;
      await using typed = InteractiveShell.start(terminal, { ...shell, before });
      const file = `${terminal.home}/typed`;
      await typed.type(`claude-key comp\tf\t>${file}`);
      assertEquals(await typed.status(), 0);
      assertEquals(Deno.readTextFileSync(file), await completionsFor("fish"));
      await typed.type(`claude-key env --form\td\t>${file}`);
      assertEquals(await typed.status(), 0);
      assertEquals(Deno.readTextFileSync(file), `ANTHROPIC_AUTH_TOKEN=${KEY}\n`);
    },
  });
}

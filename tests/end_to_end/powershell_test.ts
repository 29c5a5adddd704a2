/**
 * The line to type in PowerShell, and what `init pwsh` defines, in a real one. There is a stand-in
 * for `claude`, and where nothing else is said one for `claude-key` that prints a prepared text.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { integration } from "../../lib/integration/pwsh.ts";
import { EVALUATION_LINES } from "../../lib/shells/evaluation_lines.ts";
import { dialect } from "../../lib/shells/pwsh.ts";
import { until } from "../support/deadline.ts";
import { writeExecutable } from "../support/executable.ts";
import {
  installClaudeKey,
  InteractiveShell,
  POWERSHELL,
  takeStarted,
  untilClaudeWaits,
} from "../support/interactive_shell.ts";
import { isInstalled } from "../support/real_shells.ts";
import { SESSION } from "../support/powershell_machine.ts";
import { NO_POWERSHELL, runScript } from "../support/powershell_script.ts";
import { SEED, shellValues } from "../support/shell_values.ts";
import { KEY, LOCAL_ENV, Terminal } from "../support/terminal.ts";

const options = { ignore: NO_POWERSHELL };

const CLAUDE = `#!/bin/sh
case \${1-} in
exit) exit "$2" ;;
lines) cat ;;
values) shift; printf '%s\\0' "$@" >"$HOME/values" ;;
note) env -0 >"$HOME/environment"; echo "\${ANTHROPIC_AUTH_TOKEN:-nothing}" >"$HOME/token" ;;
*)
  for argument; do printf '[%s]' "$argument"; done
  echo
  ;;
esac
`;

/** The line for the profile, as often as somebody may have it there. */
const LOAD = "Get-Content -Raw $env:INIT | Invoke-Expression\n".repeat(2);

/** A terminal in which `claude-key` prints the file that `$TEXT` names and ends with `$STATUS`. */
function prepare(variables: ReadonlyMap<string, string> = new Map()): Terminal {
  const terminal = new Terminal(null);
  const texts: Record<string, string> = {
    init: integration.define({ name: "claude", program: "claude" }),
    key: dialect.render(new Map([["ANTHROPIC_AUTH_TOKEN", KEY]])),
    all: dialect.render(variables),
    refusal: dialect.failure,
    nothing: "",
  };
  for (const [name, text] of Object.entries(texts)) {
    Deno.writeTextFileSync(`${terminal.home}/${name}`, text);
  }
  writeExecutable(`${terminal.bin}/claude`, CLAUDE);
  const claudeKey = '#!/bin/sh\ncat "$HOME/${TEXT:-key}"\nexit "${STATUS:-0}"\n';
  writeExecutable(`${terminal.bin}/claude-key`, claudeKey);
  return terminal;
}

/** The variables of the stand-in's last `note`, or nothing if there was none. */
function noted(terminal: Terminal): Map<string, string> {
  const entries = Deno.readTextFileSync(`${terminal.home}/environment`).split("\0");
  return new Map(entries.map((entry) => {
    const equals = entry.indexOf("=");
    return [entry.slice(0, equals), entry.slice(equals + 1)];
  }));
}

/** Preferences under which an error does not end what was typed, or does. */
const SESSIONS = [
  "",
  "$ErrorActionPreference = 'Stop';",
  "Set-StrictMode -Version Latest;",
  "$PSNativeCommandUseErrorActionPreference = $true;",
  "$ErrorActionPreference = 'SilentlyContinue';",
];

/**
 * Types each text in a session of its own.
 *
 * @returns Of each whether it ended well, the key that claude was started with and the one that is
 * in the environment afterwards.
 */
async function attempt(terminal: Terminal, texts: readonly string[]): Promise<string[]> {
  const file = `${terminal.home}/texts`;
  Deno.writeTextFileSync(file, JSON.stringify(texts));
  const script = `$path = $env:PATH
    foreach ($text in Get-Content -Raw ${file} | ConvertFrom-Json) {
        $session = [powershell]::Create()
        $null = $session.AddScript($text)
        $failed = try { $null = $session.Invoke(); $session.HadErrors } catch { $true }
        tell (-not $failed) (Get-Content $HOME/token -ErrorAction Ignore) $env:ANTHROPIC_AUTH_TOKEN
        $env:PATH = $path
        [Environment]::CurrentDirectory = $HOME
        foreach ($name in 'ANTHROPIC_AUTH_TOKEN', 'OP_ITEM', 'TEXT', 'STATUS') {
            Remove-Item "Env:$name" -ErrorAction Ignore
        }
        Remove-Item $HOME/token -ErrorAction Ignore
    }`;
  const { told, status } = await runScript(terminal, script, { INIT: `${terminal.home}/init` });
  assertEquals([told.length, status], [texts.length, 0]);
  return told.map((line) => line.trimEnd());
}

Deno.test("in PowerShell the line brings a long key, or nothing is started", options, async () => {
  const key = `sk-${"0123456789".repeat(52)}`;
  using terminal = new Terminal(LOCAL_ENV, { "Work/litellm/API Key": `${key}\n` });
  installClaudeKey(terminal);
  const others = `${terminal.root}/others`;
  Deno.mkdirSync(others);
  for (const folder of [terminal.bin, others]) writeExecutable(`${folder}/claude`, CLAUDE);
  const { line, start } = EVALUATION_LINES.pwsh;
  const started = start.replace("claude }", "claude note }");
  const told = await attempt(
    terminal,
    SESSIONS.flatMap((session) => [
      `${session} ${started}`,
      `${session} $env:OP_ITEM = 'op://Work/missing'; ${started}`,
      `${session} $env:OP_ITEM = 'op://Work/missing'; ${line}; claude note`,
      `${session} $env:PATH = '${others}'; ${started}`,
      `${session} $null = mkdir removed; cd removed; [Environment]::CurrentDirectory = $PWD
       rmdir $PWD; ${started}`,
    ]),
  );
  assertOutcomes(told, [`True ${key} ${key}`, "False", "False", "False", "False"]);
});

/** Compares what came of the same attempts in each session. */
function assertOutcomes(told: readonly string[], expected: readonly string[]): void {
  const silent = SESSIONS.length - 1;
  for (const [index, session] of SESSIONS.entries()) {
    const outcomes = told.slice(index * expected.length, (index + 1) * expected.length);
    // Who goes on in silence need not be told of an error.
    const compared = index < silent
      ? outcomes
      : outcomes.map((outcome) => outcome.replace(/^True$/, "False"));
    assertEquals([session, compared], [session, expected]);
  }
}

/** What may be typed behind `claude`, if nothing is in it but constants. */
const TYPED: readonly string[] = [
  "",
  `-p 'two words' '' 'it''s "so"' '$HOME' -n`,
  "'*' \"*\" '*.md' \"[ab].md\" '~/a' '?'",
  "*.md [ab].md ~/a ~ nothing*",
  "mcp add x -- npx -y 'a b' -- c",
  "-- -x",
  "--foo=bar --foo:bar -p:x -p: x -x:'a b' -z:*.md",
  "a,b 'c d','*' 1,2",
  "1.0 0x10 1e3 007 1kb 10L -1 -1.50 --2 +1 .5",
  "-Verbose -ErrorAction Stop -v",
  'a"b c"d --x="e f" `"g`" h`*',
  "'a\\' '\\\\' '\\\"' 'b\\\"c'",
  "'‘x’ “y”' 日本語 é",
  "a # a comment",
  '--% a b "c d" *.md',
  "'two\nlines' @'\nmore\n'@",
  "a `\n b",
  "if else function return",
];

/** The same with variables in it: what is in them are words, and nothing else. */
const COMPUTED: readonly (readonly [typed: string, words: string])[] = [
  ["$a '*' b", "[two words][*][b]"],
  ['"$a" "<$(1 + 1)>" (1 + 1)', "[two words][<2>][2]"],
  ["$list @list $null", "[c][*][‘d’][c][*][‘d’]"],
  ["-p $a --x=$a", "[-p][two words][--x=two words]"],
];

Deno.test("PowerShell gives claude every argument that was typed", options, async () => {
  using terminal = prepare();
  writeExecutable(`${terminal.bin}/native`, CLAUDE);
  for (const name of ["a.md", "b.md"]) Deno.writeTextFileSync(`${terminal.home}/${name}`, "");
  const values = shellValues(500, () => true);
  Deno.writeTextFileSync(`${terminal.home}/json`, JSON.stringify(values));
  Deno.writeTextFileSync(`${terminal.home}/lines`, JSON.stringify([TYPED, COMPUTED]));
  const { told, stdout, stderr, status } = await runScript(
    terminal,
    `${LOAD}
    $typed, $computed = Get-Content -Raw $HOME/lines | ConvertFrom-Json
    foreach ($words in $typed) {
        tell (Invoke-Expression "native $words" | ConvertTo-Json -Compress)
        tell (Invoke-Expression "claude $words" | ConvertTo-Json -Compress)
    }
    $OFS = ','
    $a = 'two words'; $list = 'c', '*', ([char]0x2018 + 'd' + [char]0x2019)
    foreach ($pair in $computed) { tell (Invoke-Expression "claude $($pair[0])") }
    & claude 'called'; "$(claude -- 'in a string')"; if ($true) { claude a -- 'in a block' }
    $list = Get-Content -Raw $HOME/json | ConvertFrom-Json
    claude values @list
    tell "errors: $($Error.Count)"`,
    { INIT: `${terminal.home}/init` },
  );
  assertEquals([stdout, stderr, status], [
    "[called]\n[--][in a string]\n[a][--][in a block]\n",
    "",
    0,
  ]);
  for (const [index, words] of TYPED.entries()) {
    const [native, claude] = told.slice(2 * index);
    assertEquals([words, claude], [words, native]);
  }
  assertEquals(told.slice(2 * TYPED.length), [
    ...COMPUTED.map(([, words]) => words),
    "errors: 0",
  ]);
  const arrived = Deno.readTextFileSync(`${terminal.home}/values`).split("\0").slice(0, -1);
  assertEquals(arrived, values, `SHELL_VALUES_SEED=${SEED}`);
});

Deno.test("PowerShell gives claude every value, and puts everything back", options, async () => {
  const variables = new Map(
    shellValues(2_000, () => true).map((value, index) => [`V${index}`, value]),
  ).set("ANTHROPIC_AUTH_TOKEN", KEY);
  using terminal = prepare(variables);
  const { told, stdout, stderr, status } = await runScript(
    terminal,
    `Set-StrictMode -Version Latest; $ErrorActionPreference = 'Stop'
    $env:V1 = 'mine'; $env:V2 = ''; $env:ANTHROPIC_AUTH_TOKEN = 'mine'
    Set-Alias claude Get-Date; function claude { 'before' }
    ${LOAD}
    $null = sh -c 'exit 7'
    $env:TEXT = 'all'
    & $env:SESSION > $HOME/before; claude note; & $env:SESSION > $HOME/after
    Remove-Item Env:TEXT
    Compare-Object (Get-Content $HOME/before) (Get-Content $HOME/after) | ForEach-Object {
        tell $_.SideIndicator $_.InputObject
    }
    claude exit 42; tell $LASTEXITCODE
    tell (('one', 'two' | claude lines | ForEach-Object { "<$_>" }) -join ' ')
    tell (@() | claude lines)
    tell @(cat $env:INIT | claude lines).Count`,
    { INIT: `${terminal.home}/init`, SESSION },
  );
  assertEquals([stdout, stderr, status], ["", "", 0]);
  const lines = integration.define({ name: "claude", program: "claude" }).split("\n").length - 1;
  assertEquals(told, [
    "=> variable LASTEXITCODE = 0",
    "<= variable LASTEXITCODE = 7",
    "42",
    "<one> <two>",
    "",
    `${lines}`,
  ]);
  const environment = noted(terminal);
  for (const [name, value] of variables) {
    assertEquals(environment.get(name), value, `${name}, SHELL_VALUES_SEED=${SEED}`);
  }
});

Deno.test(
  "PowerShell does not start claude without a key, whatever the session",
  options,
  async () => {
    using terminal = prepare();
    const others = `${terminal.root}/others`;
    for (const folder of [others, `${others}/broken`]) {
      Deno.mkdirSync(folder);
      writeExecutable(`${folder}/claude`, CLAUDE);
    }
    writeExecutable(`${others}/broken/claude-key`, "\x7fELF");
    const circumstances = [
      "",
      "$env:STATUS = '4'",
      "$env:STATUS = '9'",
      "$env:STATUS = 'empty'",
      `$env:PATH = '${others}'`,
      `$env:PATH = '${others}/broken'`,
      "$env:PATH = '/nonexistent'",
    ];
    const told = await attempt(
      terminal,
      SESSIONS.flatMap((session) =>
        circumstances.map((before) => `${LOAD}${session}\n${before}\nclaude note`)
      ),
    );
    const refused = circumstances.slice(1).map(() => "False");
    const expected = SESSIONS.flatMap(() => [`True ${KEY}`, ...refused]);
    // Who goes on in silence is not told either, except of what ends a function.
    const silently = told.splice(-refused.length).map((line) => line.replace("True", "False"));
    assertEquals([...told, ...silently], expected);
  },
);

Deno.test(
  "PowerShell runs a program of any name, and shows the key to no trace",
  options,
  async () => {
    const odd = "it's [a] $HOME `b";
    using terminal = prepare();
    const program = `${terminal.home}/${odd}`;
    writeExecutable(program, CLAUDE);
    const text = integration.define({ name: "my-claude", program });
    Deno.writeTextFileSync(`${terminal.home}/init`, text);
    const { told, stdout, stderr, status } = await runScript(
      terminal,
      `${LOAD}
    my-claude exit 3; tell $LASTEXITCODE
    $env:ANTHROPIC_AUTH_TOKEN = 'mine'
    Set-PSDebug -Trace 2; my-claude note; Set-PSDebug -Off`,
      { INIT: `${terminal.home}/init` },
    );
    assertEquals([told, stderr, status], [["3"], "", 0]);
    assertEquals(noted(terminal).get("ANTHROPIC_AUTH_TOKEN"), KEY);
    assert(stdout.includes("DEBUG:") && !stdout.includes(KEY), "a trace shows the key");
  },
);

Deno.test({
  name: "typed in PowerShell, claude gets the key and the session never does",
  ignore: NO_POWERSHELL || !isInstalled("tmux"),
  fn: async () => {
    using terminal = new Terminal();
    await using typed = InteractiveShell.start(terminal, POWERSHELL);

    await typed.type("claude exit 42 'two words' '' '*' -- -n");
    assertEquals(await typed.status(), 42);
    const started = takeStarted(terminal);
    assertEquals(started?.args, ["exit", "42", "two words", "", "*", "--", "-n"]);
    assertEquals(started?.env.get("ANTHROPIC_AUTH_TOKEN"), KEY);
    assertEquals(started?.env.get("AT_TERMINAL"), "yes");
    assert(!await typed.mentions(KEY));

    await typed.type("claude wait");
    await untilClaudeWaits(terminal);
    typed.press("C-c");
    assertEquals(await typed.status(), 9);
    assert(!await typed.mentions(KEY));
    takeStarted(terminal);

    // PowerShell learns of Ctrl-C when the program has ended, and puts the environment back.
    for (let times = 0; times < 5; times++) {
      await typed.type("claude interrupt");
      assert(!await typed.mentions(KEY));
    }
    takeStarted(terminal);

    await typed.type("claude-key clear --all");
    terminal.failWith("[ERROR] 2026/01/31 12:00:00 account is not signed in");
    await typed.type("claude");
    assertEquals([await typed.status(), takeStarted(terminal)], [4, undefined]);

    terminal.failWith();
    terminal.hold();
    await typed.type("claude");
    await until("op is asked", () => terminal.calls.length === 3);
    typed.press("C-c");
    const status = await typed.status();
    assertEquals([status !== 0, takeStarted(terminal)], [true, undefined]);
    terminal.release();
  },
});

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { completionsFor } from "../../lib/completions/completions.ts";
import { integrationFor } from "../../lib/integration/integrations.ts";
import { loadDialect } from "../../lib/shells/dialects.ts";
import {
  COMPLETING_SHELLS,
  INTEGRATED_SHELLS,
  type IntegratedShell,
} from "../../lib/shells/names.ts";
import { until } from "../support/deadline.ts";
import { writeExecutable } from "../support/executable.ts";
import { isInstalled } from "../support/real_shells.ts";
import {
  goOn,
  installClaude,
  InteractiveShell,
  takeStarted,
  TYPED_SHELLS,
  untilClaudeWaits,
} from "../support/interactive_shell.ts";
import { NO_POSIX_SHELL, testOfUnix } from "../support/skips.ts";
import { KEY, LOCAL_ENV, type Run, Terminal } from "../support/terminal.ts";

const test = testOfUnix("the function of init, typed in shells");
const GATEWAY = `${LOCAL_ENV}LITELLM_BASE_URL=https://litellm.example.com\n`;
const HARD = ["two words", "", 'it\'s "so"', "$HOME `id` \\", "*", "--", "-n"];

for (const shell of TYPED_SHELLS) {
  const title = shell.shell;
  const ignore = !isInstalled(shell.shell) || !isInstalled("tmux");

  test(
    `typed in ${title}, claude gets the key and the shell never does`,
    { ignore },
    async () => {
      using terminal = new Terminal(GATEWAY);
      await using typed = InteractiveShell.start(terminal, shell);
      assertEquals([await typed.status(), terminal.calls], [0, []]);

      await typed.type(`claude exit 42 ${HARD.map(shell.quote).join(" ")}`);
      assertEquals(await typed.status(), 42);
      const started = takeStarted(terminal);
      assertEquals(started?.args, ["exit", "42", ...HARD]);
      assertEquals(started?.env.get("ANTHROPIC_AUTH_TOKEN"), KEY);
      assertEquals(started?.env.get("ANTHROPIC_BASE_URL"), "https://litellm.example.com");
      assertEquals(started?.env.get("AT_TERMINAL"), "yes");
      assert(!await typed.mentions(KEY));

      await typed.type("claude wait");
      await untilClaudeWaits(terminal);
      typed.press("C-c");
      assertEquals(await typed.status(), 9);

      await typed.type("claude wait");
      await untilClaudeWaits(terminal);
      typed.press("C-z");
      assert(!await typed.mentions(KEY));
      await typed.type("fg");
      await goOn(terminal);
      assertEquals(await typed.status(), 0);
    },
  );

  test(`typed in ${title}, claude is not started without a key`, { ignore }, async () => {
    using terminal = new Terminal(GATEWAY);
    await using typed = InteractiveShell.start(terminal, shell);

    terminal.failWith("[ERROR] 2026/01/31 12:00:00 account is not signed in");
    await typed.type("claude");
    assertEquals([await typed.status(), takeStarted(terminal)], [4, undefined]);

    terminal.failWith();
    terminal.hold();
    await typed.type("claude");
    await until("op is asked", () => terminal.calls.length === 2);
    typed.press("C-c");
    assertEquals([await typed.status(), takeStarted(terminal)], [130, undefined]);
    terminal.release();

    await typed.type("claude");
    assertEquals([await typed.status(), takeStarted(terminal)?.args], [0, []]);

    await typed.type("mkdir removed; cd removed; rmdir ../removed; claude");
    assertEquals([await typed.status(), takeStarted(terminal)], [1, undefined]);
  });
}

/** A shell that is not as usual. */
interface StrangeShell {
  readonly program: string;
  readonly args: readonly string[];
  readonly shell: IntegratedShell;
  readonly before?: string;
}

const ALIAS = "alias claude='echo an alias'";

/** Show each command before it runs, and what is exported by then. */
const TRAP = "trap 'echo \"$BASH_COMMAND\" >&2; export -p >&2' DEBUG";
const ZSH_TRAP = "trap 'print -r -- \"$ZSH_DEBUG_CMD\" >&2; export -p >&2' DEBUG";

const STRANGE_SHELLS: readonly StrangeShell[] = NO_POSIX_SHELL ? [] : [
  { program: "bash", args: ["-euo", "pipefail", "-o", "noclobber"], shell: "bash" },
  { program: "bash", args: ["-axv", "-o", "posix"], shell: "bash" },
  { program: "bash", args: ["-O", "expand_aliases"], shell: "bash", before: ALIAS },
  { program: "zsh", args: ["-feuo", "pipefail", "-o", "noclobber"], shell: "zsh" },
  { program: "zsh", args: ["-faxvo", "ksharrays"], shell: "zsh", before: ALIAS },
  { program: "zsh", args: ["-fo", "posixbuiltins", "-o", "cshjunkiequotes"], shell: "zsh" },
  { program: "zsh", args: ["-fo", "warncreateglobal", "-o", "ignoreclosebraces"], shell: "zsh" },
  { program: "fish", args: ["--no-config"], shell: "fish", before: "function claude; false; end" },
  ...["dash", "ksh", "mksh", "yash"].map((program): StrangeShell => {
    return { program, args: ["-aeuxv"], shell: "posix", before: ALIAS };
  }),
  { program: "busybox", args: ["sh", "-aeuxv"], shell: "posix", before: ALIAS },
  { program: "bash", args: ["-T"], shell: "bash", before: TRAP },
  {
    program: "bash",
    args: ["-ET"],
    shell: "bash",
    before: `shopt -s extdebug; ${TRAP} ERR RETURN EXIT`,
  },
  { program: "bash", args: ["-T", "-o", "posix"], shell: "posix", before: TRAP },
  { program: "bash", args: ["-x"], shell: "bash", before: "PS4='$(export -p)'" },
  { program: "zsh", args: ["-f"], shell: "zsh", before: ZSH_TRAP },
  {
    program: "zsh",
    args: ["-fo", "nodebugbeforecmd"],
    shell: "zsh",
    before: "TRAPDEBUG() { export -p >&2; }; TRAPZERR() { export -p >&2; }",
  },
  { program: "zsh", args: ["--emulate", "sh", "-f"], shell: "posix", before: ZSH_TRAP },
  {
    program: "fish",
    args: ["--no-config", "--private"],
    shell: "fish",
    before: "set -g fish_trace 1; function shown --on-variable ANTHROPIC_AUTH_TOKEN; env >&2; end",
  },
];

for (const strange of STRANGE_SHELLS) {
  const title = [strange.program, ...strange.args].join(" ");
  const ignore = !isInstalled(strange.program);

  Deno.test(`in ${title}, claude gets the key and nobody else does`, { ignore }, async () => {
    using terminal = new Terminal(null);
    await install(terminal, strange.shell);
    const { stdout, stderr } = await evaluate(
      terminal,
      strange,
      "claude exit 42 'two words' '' || echo \"[STATUS]\"; env >\"$HOME/environment\"",
    );
    assertEquals(stdout, "[42]\n");
    assert(!stderr.includes(KEY), "a trace shows the key");
    const started = takeStarted(terminal);
    assertEquals(started?.args, ["exit", "42", "two words", ""]);
    assertEquals(started?.env.get("ANTHROPIC_AUTH_TOKEN"), KEY);
    const environment = Deno.readTextFileSync(`${terminal.home}/environment`);
    assertStringIncludes(environment, "HOME=");
    assert(!environment.includes(KEY));
  });

  Deno.test(`in ${title}, claude is not started without a key`, { ignore }, async () => {
    using terminal = new Terminal(null);
    const again = 'claude || echo "[STATUS]"';
    for (const status of [4, 1]) {
      await install(terminal, strange.shell, status);
      assertEquals((await evaluate(terminal, strange, again)).stdout, `[${status}]\n`);
    }
    const nowhere = strange.shell === "fish" ? "set PATH :/nonexistent" : "PATH=:/nonexistent";
    const { stdout, stderr } = await evaluate(terminal, strange, `${nowhere}\n${again}`);
    assertEquals(stdout, "[127]\n");
    assert(stderr !== "");
    assertEquals(takeStarted(terminal), undefined);
  });
}

for (const shell of NO_POSIX_SHELL ? [] : ["bash", "zsh", "fish", "dash"] as const) {
  const ignore = !isInstalled(shell);

  Deno.test(`${shell} runs any program under any name`, { ignore }, async () => {
    using terminal = new Terminal(null);
    const program = `${terminal.bin}/it's $HOME \\ "claude"`;
    const dialect: IntegratedShell = shell === "dash" ? "posix" : shell;
    await install(terminal, dialect, 0, { name: "work", program });
    Deno.renameSync(`${terminal.bin}/claude`, program);
    const strange = { program: shell, args: [], shell: dialect };
    const { stdout, stderr } = await evaluate(terminal, strange, 'work exit 3; echo "[STATUS]"');
    assertEquals([stdout, stderr], ["[3]\n", ""]);
    assertEquals(takeStarted(terminal)?.env.get("ANTHROPIC_AUTH_TOKEN"), KEY);
  });
}

const CHECKS: readonly (readonly [IntegratedShell, readonly string[]])[] = NO_POSIX_SHELL ? [] : [
  ["bash", ["bash", "-n"]],
  ["bash", ["shellcheck", "--shell=bash"]],
  ["zsh", ["zsh", "-fn"]],
  ["fish", ["fish", "--no-config", "--no-execute"]],
  ["posix", ["dash", "-n"]],
  // Not every shell knows a trap for DEBUG: the others refuse it, which is what is wanted.
  ["posix", ["shellcheck", "--shell=sh", "--exclude=SC3047"]],
];

for (const [shell, [checker = "", ...args]] of CHECKS) {
  const ignore = !isInstalled(checker);

  Deno.test(`${checker} has no objection to init ${shell}`, { ignore }, async () => {
    using terminal = new Terminal(null);
    const file = `${terminal.home}/init`;
    Deno.writeTextFileSync(file, await textFor(shell));
    const program = { command: checker, args, env: {} };
    assertEquals(await terminal.run([file], { program }), { stdout: "", stderr: "", status: 0 });
  });
}

Deno.test("every shell is given a function of the name and the program that are asked for", async () => {
  using terminal = new Terminal(null);
  await Promise.all(INTEGRATED_SHELLS.map(async (shell) => {
    const plain = await terminal.run(["init", shell]);
    assertEquals(plain, { stdout: await textFor(shell), stderr: "", status: 0 });
    const { stdout } = await terminal.run(["init", shell, "--command=/opt/codex.exe"]);
    assert(/^(?:function )?'?codex\b/m.test(stdout), stdout);
    assertStringIncludes(stdout, "'/opt/codex.exe'");
  }));
});

Deno.test("init refuses what it could not keep to", async () => {
  const it = "it takes bash, zsh, fish, pwsh, posix";
  const name = "choose another with --name, of letters, digits, _ and -";
  const refusals = [
    [[], "init needs a SHELL", it],
    [["powershell"], 'init does not know "powershell"', it],
    [["bash", "--name", "a;b"], '"a;b" cannot be the name of a function here', name],
    [["zsh", "--name", "if"], '"if" cannot be the name of a function here', name],
    [["pwsh", "--name", "Return"], '"Return" cannot be the name of a function here', name],
    [["fish", "--command", "/opt/a b"], '"a b" cannot be the name of a function here', name],
    [
      ["posix", "--name", "my-claude"],
      '"my-claude" cannot be the name of a function here',
      "choose another with --name, of letters, digits and _",
    ],
    [
      ["fish", "--command=-x"],
      '--command is "-x", which is not a program',
      "write the name of a program, or its path",
    ],
  ] as const;
  using terminal = new Terminal(null);
  await Promise.all(refusals.map(async ([args, error, hint]) => {
    assertEquals(await terminal.run(["init", ...args]), {
      stdout: "",
      stderr: `claude-key: error: ${error}\nclaude-key: hint: ${hint}\n`,
      status: 2,
    });
  }));
});

/** What `init` prints for a shell. */
async function textFor(shell: IntegratedShell): Promise<string> {
  const { define } = await integrationFor(shell);
  const completing = COMPLETING_SHELLS.find((name) => name === shell);
  const completions = completing === undefined ? "" : `\n${await completionsFor(completing)}`;
  return define({ name: "claude", program: "claude" }) + completions;
}

/**
 * Writes an integration to a file, and a claude-key that knows no more than `env`. It ends with 0,
 * with 4 and what it then has to say, or with 1 and without a word, as where it cannot run.
 */
async function install(
  terminal: Terminal,
  shell: IntegratedShell,
  status = 0,
  wrapper = { name: "claude", program: "claude" },
): Promise<void> {
  installClaude(terminal);
  Deno.writeTextFileSync(`${terminal.home}/init`, (await integrationFor(shell)).define(wrapper));
  const { render, failure } = await loadDialect(shell === "fish" ? "posix" : shell);
  const texts: Record<number, string> = {
    0: render(new Map([["ANTHROPIC_AUTH_TOKEN", KEY]])),
    4: failure,
  };
  const file = `${terminal.home}/text`;
  Deno.writeTextFileSync(file, texts[status] ?? "");
  writeExecutable(
    `${terminal.bin}/claude-key`,
    `#!/bin/sh\n[ "$1" = env ] && cat '${file}'\nexit ${status}\n`,
  );
}

/** Runs a command in a shell that has evaluated the integration twice. */
async function evaluate(
  terminal: Terminal,
  { program, args, shell, before = ":" }: StrangeShell,
  command: string,
): Promise<Run> {
  const fish = shell === "fish";
  const read = fish ? 'source "$INIT"' : 'eval "$(cat "$INIT")"';
  const lines = [before, fish ? "" : "IFS=4cl", read, read, command];
  const script = lines.join("\n").replaceAll("STATUS", fish ? "$status" : "$?");
  return await terminal.run([], {
    program: { command: program, args: [...args, "-c", script], env: {} },
    env: { INIT: `${terminal.home}/init` },
  });
}

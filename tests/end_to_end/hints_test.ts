import { assertEquals } from "@std/assert";
import { pathWord, shellWord } from "../../lib/text/shell_word.ts";
import {
  appendCommand,
  exportCommand,
  makeFolderCommand,
  removeCommand,
} from "../../lib/text/typed_commands.ts";
import { outputOf } from "../support/deadline.ts";
import { join } from "../support/join.ts";
import { Terminal } from "../support/terminal.ts";
import { lacks } from "../support/tools.ts";

/** Values that a shell would obey if they stood in a command as they are. */
const HOSTILE = [
  "$(touch made-1)`touch made-2`& touch made-3 &",
  "'; touch made-4; '\"; touch made-5; \"",
  "‘; touch made-6; ’\\'; touch made-7 #",
  "a\n; touch made-8 #",
] as const;

const SETTINGS = [
  "OP_ITEM",
  "OP_FIELD",
  "OP_ACCOUNT",
  "LITELLM_BASE_URL",
  "ANTHROPIC_BASE_URL",
  "CLAUDE_GITHUB_REPO",
  "CLAUDE_KEY_VAR",
  "CLAUDE_KEY_TTL",
  "CLAUDE_KEY_CACHE_DIR",
  "CLAUDE_DEBUG",
] as const;

/** Words of `op`, each of which means another failure. */
const WORDS = [
  "does not have a field",
  '"x" isn\'t an item in the "y" vault',
  "More than one item matches",
  "isn't a vault in this account",
  "found no accounts for filter",
  "multiple accounts found. Use the --account flag",
  "You are not currently signed in",
  "connecting to desktop app: read: connection reset",
  "something else",
] as const;

/** A terminal whose folders have hostile names and whose settings are good. */
function hostileFolders(value: string): Terminal {
  const terminal = new Terminal(null);
  terminal.answer("--version", "2.31.0\n");
  terminal.answer("account-list", JSON.stringify([{ url: value }, { url: "b", email: value }]));
  const folder = join(terminal.root, value);
  Deno.mkdirSync(join(folder, "claude"), { recursive: true });
  Deno.chmodSync(join(folder, "claude"), 0o755);
  const write = (name: string, text: string): void =>
    Deno.writeTextFileSync(join(folder, name), text);
  write("claude/local.env", "CLAUDE_KEY_TLL=1\nANTHROPIC_API_KEY=x\nCLAUDE_CODE_USE_VERTEX=1\n");
  write("claude/old.key", "sk-old");
  write("settings.json", '{"apiKeyHelper": "x", "env": {"ANTHROPIC_AUTH_TOKEN": "x"}}');
  return terminal;
}

/** What is said to type or to do, in every way that somebody may take it. */
function hintsIn(text: string): string[] {
  const hints = text.split("\n").flatMap((line) =>
    /^(?:claude-key: hint| {9}(?:fix|by hand)): (.*)$/.exec(line)?.[1] ?? []
  );
  return hints.flatMap((
    hint,
  ) => [hint, ...Array.from(hint.matchAll(/: /g), ({ index }) => hint.slice(index + 2))]);
}

/** Runs claude-key where something is hostile, and collects what it says. */
async function collect(value: string): Promise<Set<string>> {
  const hints = new Set<string>();
  using terminal = hostileFolders(value);
  const folder = join(terminal.root, value);
  const good = {
    XDG_CONFIG_HOME: folder,
    XDG_CACHE_HOME: folder,
    CLAUDE_CONFIG_DIR: folder,
    OP_ITEM: "op://Work/litellm",
  };
  const run = async (
    args: readonly string[],
    env: Record<string, string> = {},
  ): Promise<void> => {
    const { stdout, stderr } = await terminal.run(args, { env: { ...good, ...env } });
    for (const hint of hintsIn(`${stdout}\n${stderr}`)) hints.add(hint);
  };
  await run(["doctor"]);
  await run(["get"], { OP_ITEM: "" });
  await run(["get"], { XDG_CACHE_HOME: "/proc/1" });
  for (const name of SETTINGS) {
    const isPath = name === "CLAUDE_KEY_CACHE_DIR";
    await run(["doctor"], { [name]: isPath ? `/proc/${value}` : value });
  }
  terminal.answer("account-list", JSON.stringify([{ url: value, email: value }]));
  await run(["doctor"], { OP_ACCOUNT: "other" });
  const settings = join(folder, "settings.json");
  const address = `https://x/${value}/v1`;
  const env = { ANTHROPIC_BASE_URL: address.slice(0, -3) };
  const helper = "/nonexistent/claude-key get";
  Deno.writeTextFileSync(settings, JSON.stringify({ env: { ANTHROPIC_BASE_URL: address } }));
  await run(["doctor"], env);
  Deno.writeTextFileSync(settings, JSON.stringify({ apiKeyHelper: helper }));
  await run(["doctor"], { LITELLM_BASE_URL: address.slice(0, -3) });
  await run(["doctor"], { LITELLM_BASE_URL: `https://x/${value}/v1` });
  const named = { OP_ITEM: "op://Work/litellm", OP_ACCOUNT: value, OP_FIELD: "a b" };
  for (const words of WORDS) {
    terminal.failWith(`[ERROR] ${words}`);
    await run(["get"], named);
  }
  return hints;
}

/** Types lines, one by one, in a folder of their own. */
async function filesMadeBy(
  lines: Iterable<string>,
  type: (folder: string, script: string) => Promise<Deno.CommandOutput>,
): Promise<string[]> {
  using terminal = new Terminal(null);
  const made: string[] = [];
  const folder = join(terminal.root, "here");
  Deno.mkdirSync(folder);
  for (const line of lines) {
    await type(folder, line);
    for (const { name } of Deno.readDirSync(folder)) {
      made.push(`${name}: ${line}`);
      Deno.removeSync(join(folder, name), { recursive: true });
    }
  }
  return made;
}

Deno.test("no hint does what a hostile value says, whatever is typed of it", {
  ignore: lacks("sh"),
}, async () => {
  const collected = await Promise.all(HOSTILE.map(collect));
  const hints = new Set(collected.flatMap((set) => [...set]));
  assertEquals(hints.size > 40, true, [...hints].join("\n"));
  const made = await filesMadeBy(hints, (folder, line) =>
    outputOf("/bin/sh", {
      args: ["-c", line],
      cwd: folder,
      clearEnv: true,
      env: { HOME: folder, PATH: "/usr/bin:/bin" },
    }));
  assertEquals(made.filter((name) => name.startsWith("made-")), []);
});

/** On this system no hint is for PowerShell: its commands are made as the hints would make them. */
const PWSH_COMMANDS = (value: string): string[] => [
  makeFolderCommand(value, "pwsh"),
  appendCommand(`${value}.env`, value, "pwsh"),
  exportCommand("OP_ACCOUNT", value, "pwsh"),
  removeCommand(`/nowhere/${value}`, "pwsh"),
  `op item get ${shellWord(value, "pwsh")} --vault ${pathWord(`~/${value}`, "pwsh")}`,
];

Deno.test("no command for PowerShell does what a hostile value says", {
  ignore: lacks("pwsh"),
}, async () => {
  const values = [...HOSTILE, '"; touch made-9; "', "$(New-Item made-10)", "`$(touch made-11)"];
  const made = await filesMadeBy(
    [values.flatMap(PWSH_COMMANDS).join("\n")],
    (folder, line) =>
      outputOf("pwsh", {
        args: ["-NoProfile", "-NonInteractive", "-Command", line],
        cwd: folder,
        env: { HOME: folder },
      }),
  );
  assertEquals(made.length > 0, true);
  assertEquals(made.filter((name) => name.startsWith("made-")), []);
});

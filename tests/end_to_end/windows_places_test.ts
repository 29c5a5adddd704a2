import { assertEquals } from "@std/assert";
import { NO_DRIVES } from "../support/skips.ts";
import { KEY, Terminal } from "../support/terminal.ts";

const ignore = NO_DRIVES;
const SERVER = String.raw`\\server\share\alice`;

/** What a run says that is refused before `op` is asked. */
async function refusal(terminal: Terminal, env: Record<string, string>): Promise<string[]> {
  const { stdout, stderr, status } = await terminal.run(["get"], { env });
  assertEquals([stdout, status, terminal.calls], ["", 2, []]);
  return stderr.trimEnd().split("\n").map((line) => line.replace("claude-key: ", ""));
}

Deno.test("a cache folder of Windows is one on a named drive", { ignore }, async () => {
  using terminal = new Terminal();
  for (const path of ["/c/Users/alice/cache", String.raw`\cache`, "C:cache"]) {
    assertEquals(await refusal(terminal, { CLAUDE_KEY_CACHE_DIR: path }), [
      `error: CLAUDE_KEY_CACHE_DIR is "${path}", which is not an absolute path`,
      "hint: write the whole path with its drive, as in C:\\Users; %USERPROFILE% is not expanded",
      "hint: correct the environment variable CLAUDE_KEY_CACHE_DIR",
    ]);
  }
});

Deno.test("a cache folder on a server is refused in words", { ignore }, async () => {
  using terminal = new Terminal();
  assertEquals(await refusal(terminal, { CLAUDE_KEY_CACHE_DIR: SERVER }), [
    `error: CLAUDE_KEY_CACHE_DIR is "${SERVER}", which is on a server, out of claude-key's reach`,
    "hint: write a folder on a local disk",
    "hint: correct the environment variable CLAUDE_KEY_CACHE_DIR",
  ]);
  assertEquals(await refusal(terminal, { LOCALAPPDATA: SERVER }), [
    `error: LOCALAPPDATA is "${SERVER}", which is on a server, out of claude-key's reach, ` +
    "so there is no place for the cache",
    "hint: set CLAUDE_KEY_CACHE_DIR to an absolute path",
  ]);
});

Deno.test("where APPDATA is on a server, the environment is configuration enough", {
  ignore,
}, async () => {
  using terminal = new Terminal();
  const env = { APPDATA: SERVER };
  assertEquals(await refusal(terminal, env), [
    `error: OP_ITEM is not set, and there is no configuration file: APPDATA is "${SERVER}", ` +
    "which is on a server, out of claude-key's reach",
    "hint: name each setting in the environment, then open a new terminal: " +
    "setx OP_ITEM op://Vault/Item",
    "hint: or set it in this shell: $env:OP_ITEM = 'op://Vault/Item'",
  ]);
  const served = { stdout: `${KEY}\n`, stderr: "", status: 0 };
  const complete = { ...env, OP_ITEM: "op://Work/litellm" };
  assertEquals(await terminal.run(["get"], { env: complete }), served);
  assertEquals(await terminal.run(["get"], { env: complete }), served);
  assertEquals(terminal.calls.length, 1);
});

Deno.test("lines to type are PowerShell's on Windows, and those of a shell in Git's bash", {
  ignore,
}, async () => {
  using terminal = new Terminal(null);
  const folder = terminal.shown("~/.config/claude");
  const file = terminal.shown("~/.config/claude/local.env");
  const lines = async (env: Record<string, string>): Promise<string[]> =>
    (await refusal(terminal, env)).slice(2, 4);
  assertEquals(await lines({}), [
    `hint: mkdir -Force ${folder}`,
    `hint: Add-Content ${file} 'OP_ITEM="op://Vault/Item"'`,
  ]);
  assertEquals(await lines({ MSYSTEM: "MINGW64" }), [
    `hint: mkdir -p '${folder}'`,
    `hint: echo 'OP_ITEM="op://Vault/Item"' >> '${file}'`,
  ]);
});

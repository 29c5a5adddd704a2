/**
 * Situations for `doctor` to find, each as it is before somebody types what `doctor` says.
 *
 * @module
 */

import { join } from "./join.ts";
import { type Terminal, withoutPrivilege } from "./terminal.ts";

/** A situation. */
export interface Situation {
  /** What is so. */
  readonly name: string;
  /** `local.env` as it is; else one with which nothing is wrong. `null`: there is none. */
  readonly localEnv?: string | null;
  /** Makes it so. */
  readonly arrange?: (terminal: Terminal) => void;
  /** Variables of the environment; an empty one is not set. `ROOT` stands for the terminal's folder. */
  readonly env?: Readonly<Record<string, string>>;
  /** A line that was typed before. */
  readonly typed?: string;
  /** What claude-key is run under. */
  readonly under?: readonly string[];
  /** Whether only root can make it so. */
  readonly wantsRoot?: boolean;
  /** Whether it is one of Linux alone. */
  readonly wantsLinux?: boolean;
  /** Whether file permissions must bind. */
  readonly wantsPermissions?: boolean;
}

const ITEM = 'OP_ITEM="op://Work/litellm"\n';
const GATEWAY = "LITELLM_BASE_URL=https://litellm.example.com\n";
const ADDRESS = "https://litellm.example.com";

/** A `local.env` with which nothing is wrong. */
export const GOOD = ITEM + GATEWAY;

/** One that differs from it by the address of the gateway. */
const at = (address: string): string => `${ITEM}LITELLM_BASE_URL='${address}'\n`;

const settings =
  (content: object | string, place = ".claude/settings.json") => (terminal: Terminal): void => {
    const path = join(terminal.home, place);
    Deno.mkdirSync(join(path, ".."), { recursive: true });
    const text = typeof content === "string" ? content : JSON.stringify(content);
    Deno.writeTextFileSync(path, text.replaceAll("ROOT", terminal.root));
  };

const HELPER = "PATH=ROOT/bin:$PATH ROOT/bin/claude-key get";
const HELPED = { apiKeyHelper: HELPER, env: { ANTHROPIC_BASE_URL: ADDRESS } };

const folder = (mode: number, place = ".cache/claude") => (terminal: Terminal): void => {
  const path = join(terminal.home, place);
  Deno.mkdirSync(path, { recursive: true });
  Deno.chmodSync(path, mode);
};

const file = (place: string, content = "") => (terminal: Terminal): void => {
  const path = join(terminal.home, place);
  Deno.mkdirSync(join(path, ".."), { recursive: true });
  Deno.writeTextFileSync(path, content);
};

const all = (...steps: readonly ((terminal: Terminal) => void)[]) => (terminal: Terminal): void =>
  steps.forEach((step) => step(terminal));

const ACCOUNT = '{"url":"team.1password.com","email":"ada@example.com"}';

const answer = (name: string, text: string) => (terminal: Terminal): void =>
  terminal.answer(name, text);

/** The situations, in the order of the checks. */
export const SITUATIONS: readonly Situation[] = [
  { name: "nothing is wrong" },
  { name: "an empty local.env", localEnv: "" },
  { name: "no local.env", localEnv: null },
  { name: "no HOME", env: { HOME: "" } },
  { name: "a HOME that is not absolute", env: { HOME: "home" } },
  { name: "a line that is no assignment", localEnv: `${GOOD}nonsense\n` },
  { name: "a line that a shell would expand", localEnv: `${GOOD}OP_FIELD="$FIELD"\n` },
  { name: "an item without a vault", localEnv: `OP_ITEM=op://Work\n${GATEWAY}` },
  { name: "a field that no reference can hold", localEnv: `${GOOD}OP_FIELD="a&b"\n` },
  { name: "a TTL that is no duration", localEnv: `${GOOD}CLAUDE_KEY_TTL=soon\n` },
  { name: "a timeout of nothing", env: { CLAUDE_KEY_TIMEOUT: "0" } },
  { name: "a variable that is not for keys", localEnv: `${GOOD}CLAUDE_KEY_VAR=PATH\n` },
  { name: "a switch that is neither 0 nor 1", localEnv: `${GOOD}CLAUDE_KEY_PROJECT_FIELDS=yes\n` },
  { name: "CLAUDE_DEBUG=true in local.env", localEnv: `${GOOD}CLAUDE_DEBUG=true\n` },
  { name: "CLAUDE_DEBUG=true in the shell", env: { CLAUDE_DEBUG: "true" } },
  { name: "a cache folder that is not absolute", localEnv: `${GOOD}CLAUDE_KEY_CACHE_DIR=tmp\n` },
  {
    name: "a folder in the place of local.env",
    localEnv: null,
    arrange: (terminal) => Deno.mkdirSync(terminal.localEnv, { recursive: true }),
  },
  {
    name: "a local.env that its group can write",
    arrange: (terminal) => Deno.chmodSync(terminal.localEnv, 0o664),
  },
  {
    name: "a local.env that everybody can write",
    arrange: (terminal) => Deno.chmodSync(terminal.localEnv, 0o666),
  },
  { name: "a setting that is nearly one", localEnv: `${GOOD}CLAUDE_KEY_TLL=3h\n` },
  { name: "a setting that is none", localEnv: `${GOOD}CLAUDE_KEY_COLOUR=red\n` },

  {
    name: "a field for the project",
    localEnv: `${GOOD}CLAUDE_KEY_PROJECT_FIELDS=1\n`,
    arrange: (terminal) => terminal.setField("Work/litellm/home", "sk-home\n"),
  },
  { name: "a header with the repository", localEnv: `${GOOD}CLAUDE_KEY_REPO_HEADER=1\n` },

  { name: "no gateway", localEnv: ITEM },
  { name: "a gateway that ends in /v1", localEnv: at(`${ADDRESS}/v1`) },
  { name: "a gateway that ends in /v1/messages", localEnv: at(`${ADDRESS}/v1/messages`) },
  { name: "a gateway without https://", localEnv: at("litellm.example.com") },
  { name: "a gateway with a semicolon behind it", localEnv: at(`${ADDRESS};`) },
  { name: "a gateway with a password", localEnv: at("https://ada:hunter2@litellm.example.com") },
  {
    name: "a gateway with a password that has a slash",
    localEnv: at("https://ada:hun/ter2@litellm.example.com"),
  },
  { name: "a gateway with a misspelt scheme", localEnv: at("htps://litellm.example.com") },
  { name: "a gateway with a query", localEnv: at(`${ADDRESS}?team=a`) },
  { name: "a gateway in the shell that ends in /v1", env: { LITELLM_BASE_URL: `${ADDRESS}/v1` } },
  {
    name: "an exported ANTHROPIC_BASE_URL without https://",
    localEnv: ITEM,
    env: { ANTHROPIC_BASE_URL: "litellm.example.com" },
  },
  {
    name: "a line ANTHROPIC_BASE_URL that ends in /v1",
    localEnv: `${ITEM}ANTHROPIC_BASE_URL=${ADDRESS}/v1\n`,
  },
  {
    name: "a line ANTHROPIC_BASE_URL beside the gateway",
    localEnv: `${GOOD}ANTHROPIC_BASE_URL=htps://other\n`,
  },
  {
    name: "a line ANTHROPIC_BASE_URL that the shell overrides",
    localEnv: `${ITEM}ANTHROPIC_BASE_URL=htps://other\n`,
    env: { ANTHROPIC_BASE_URL: ADDRESS },
  },
  {
    name: "a gateway in Claude Code's settings alone",
    localEnv: ITEM,
    arrange: settings({ env: { ANTHROPIC_BASE_URL: ADDRESS } }),
  },

  { name: "an exported ANTHROPIC_API_KEY", env: { ANTHROPIC_API_KEY: "sk-hidden" } },
  {
    name: "an exported ANTHROPIC_API_KEY that is no text",
    typed: "export ANTHROPIC_API_KEY=\"$(printf '\\377')\"",
  },
  { name: "a line ANTHROPIC_API_KEY", localEnv: `${GOOD}ANTHROPIC_API_KEY=sk-hidden\n` },
  {
    name: "an exported ANTHROPIC_AUTH_TOKEN beside a key in ANTHROPIC_API_KEY",
    localEnv: `${GOOD}CLAUDE_KEY_VAR=ANTHROPIC_API_KEY\n`,
    env: { ANTHROPIC_AUTH_TOKEN: "sk-hidden" },
  },
  { name: "Bedrock in the shell", env: { CLAUDE_CODE_USE_BEDROCK: "1" } },
  {
    name: "two providers in the shell",
    env: { CLAUDE_CODE_USE_VERTEX: "true", CLAUDE_CODE_USE_FOUNDRY: "1" },
  },
  { name: "Vertex in local.env", localEnv: `${GOOD}CLAUDE_CODE_USE_VERTEX=1\n` },
  { name: "Bedrock switched off in the shell", env: { CLAUDE_CODE_USE_BEDROCK: "0" } },
  {
    name: "Bedrock in the shell, switched off in Claude Code's settings",
    env: { CLAUDE_CODE_USE_BEDROCK: "1" },
    arrange: settings({ env: { CLAUDE_CODE_USE_BEDROCK: "0" } }),
  },
  { name: "half of Connect", env: { OP_CONNECT_HOST: "https://connect" } },
  { name: "Connect", env: { OP_CONNECT_HOST: "https://connect", OP_CONNECT_TOKEN: "hidden" } },
  {
    name: "Connect beside a service account",
    env: {
      OP_CONNECT_HOST: "https://connect",
      OP_CONNECT_TOKEN: "hidden",
      OP_SERVICE_ACCOUNT_TOKEN: "ops_hidden",
    },
  },
  { name: "a service account", env: { OP_SERVICE_ACCOUNT_TOKEN: "ops_hidden" } },
  {
    name: "a service account beside OP_ACCOUNT",
    env: { OP_SERVICE_ACCOUNT_TOKEN: "ops_hidden", OP_ACCOUNT: "team" },
  },

  {
    name: "a token in the user's settings",
    arrange: settings({ env: { ANTHROPIC_AUTH_TOKEN: "sk-hidden" } }),
  },
  {
    name: "an API key in the user's settings",
    arrange: settings({ env: { ANTHROPIC_API_KEY: "sk-hidden" } }),
  },
  {
    name: "Mantle in the settings of this user for the project",
    arrange: settings({ env: { CLAUDE_CODE_USE_MANTLE: "1" } }, ".claude/settings.local.json"),
  },
  {
    name: "another gateway in the settings",
    arrange: settings({ env: { ANTHROPIC_BASE_URL: "https://other.example.com" } }),
  },
  {
    name: "a gateway in the settings that ends in /v1",
    arrange: settings({ env: { ANTHROPIC_BASE_URL: `${ADDRESS}/v1` } }),
  },
  { name: "settings that are no JSON", arrange: settings("{") },
  {
    name: "a helper that is another program",
    arrange: settings({ apiKeyHelper: "cat ~/.claude-key" }),
  },
  {
    name: "a helper of the project that is another program",
    arrange: settings({ apiKeyHelper: "claude-key env" }, ".claude/settings.local.json"),
  },
  {
    name: "a helper that is not there",
    arrange: settings({ ...HELPED, apiKeyHelper: "/nonexistent/claude-key get" }),
  },
  {
    name: "a helper without its folder",
    arrange: settings({ ...HELPED, apiKeyHelper: "claude-key get" }),
  },
  {
    name: "a helper that does not find op",
    arrange: settings({ ...HELPED, apiKeyHelper: "ROOT/bin/claude-key get" }),
  },
  {
    name: "a helper that never takes the key from the cache",
    arrange: settings({ ...HELPED, apiKeyHelper: `${HELPER} --refresh` }),
  },
  { name: "a helper that works", arrange: settings(HELPED) },
  {
    name: "a helper that works, and no gateway for it",
    arrange: settings({ apiKeyHelper: HELPER }),
  },
  {
    name: "a helper that works, and its gateway in the shell",
    arrange: settings({ apiKeyHelper: HELPER }),
    env: { ANTHROPIC_BASE_URL: ADDRESS },
  },
  {
    name: "an exported token beside the helper",
    arrange: settings(HELPED),
    env: { ANTHROPIC_AUTH_TOKEN: "sk-hidden" },
  },
  {
    name: "an exported API key beside the helper",
    arrange: settings(HELPED),
    env: { ANTHROPIC_API_KEY: "sk-hidden" },
  },
  {
    name: "an API key in the settings beside the helper",
    arrange: settings({ ...HELPED, env: { ...HELPED.env, ANTHROPIC_API_KEY: "sk-hidden" } }),
  },
  {
    name: "a helper that is another program, and a key for another client",
    localEnv: `${GOOD}CLAUDE_KEY_VAR=CLAUDE_FOO\n`,
    arrange: settings({ apiKeyHelper: "cat ~/.claude-key" }),
  },
  {
    name: "a helper, and a key for another client",
    localEnv: `${GOOD}CLAUDE_KEY_VAR=CLAUDE_FOO\n`,
    arrange: settings(HELPED),
    env: { CLAUDE_FOO: "sk-hidden" },
  },

  { name: "no op", arrange: (terminal) => Deno.removeSync(join(terminal.bin, "op")) },
  { name: "op of version 1", arrange: answer("--version", "1.12.4\n") },
  { name: "op that says no version", arrange: answer("--version", "hello\n") },
  {
    name: "op that is signed out",
    arrange: (terminal) =>
      terminal.failWith("[ERROR] 2026/01/31 12:00:00 You are not currently signed in"),
  },
  { name: "no account", arrange: answer("account-list", "[]") },
  { name: "no account, and not a word of it", arrange: answer("account-list", "") },
  { name: "accounts that are no list", arrange: answer("account-list", "{}") },
  { name: "accounts that are no JSON", arrange: answer("account-list", "hello\n") },
  {
    name: "more accounts than doctor reads",
    arrange: answer("account-list", `[${Array(10_000).fill(ACCOUNT).join()}]`),
  },
  {
    name: "two accounts",
    arrange: answer(
      "account-list",
      '[{"url":"team.1password.com","email":"ada@example.com"},{"url":"other.1password.com","email":"bob@example.com"}]',
    ),
  },
  { name: "an account that op does not have", localEnv: `${GOOD}OP_ACCOUNT=third\n` },
  { name: "a vault that is not there", localEnv: `OP_ITEM=op://Home/litellm\n${GATEWAY}` },
  { name: "an item that is not there", localEnv: `OP_ITEM=op://Work/other\n${GATEWAY}` },
  { name: "a field that is not there", localEnv: `${GOOD}OP_FIELD=Token\n` },

  { name: "a cache folder that others can look into", arrange: folder(0o755) },
  { name: "a cache folder that others can write in", arrange: folder(0o777) },
  { name: "a file in the place of the cache folder", arrange: file(".cache/claude") },
  {
    name: "a file in the place of the cache folder, and another beside it",
    arrange: all(file(".cache/claude"), file(".cache/claude.old", "precious")),
  },
  { name: "a file in the place of the folder above", arrange: file(".cache") },
  {
    name: "keys in a folder of everybody's",
    env: { CLAUDE_KEY_CACHE_DIR: "ROOT/home/tmp" },
    arrange: folder(0o1777, "tmp"),
  },
  {
    name: "keys in a folder of everybody's, by local.env",
    localEnv: `${GOOD}CLAUDE_KEY_CACHE_DIR=ROOT/home/tmp\n`,
    arrange: folder(0o1777, "tmp"),
  },
  {
    name: "keys in a folder of other programs'",
    env: { CLAUDE_KEY_CACHE_DIR: "ROOT/home/etc" },
    arrange: all(folder(0o755, "etc"), file("etc/passwd", "root")),
  },
  {
    name: "keys in the ordinary folder by its name, beside other programs' files",
    env: { CLAUDE_KEY_CACHE_DIR: "ROOT/home/.cache/claude" },
    arrange: all(folder(0o755), file(".cache/claude/notes.txt")),
  },
  {
    name: "keys in the home folder",
    env: { CLAUDE_KEY_CACHE_DIR: "ROOT/home" },
    arrange: (terminal) => Deno.chmodSync(terminal.home, 0o755),
  },
  {
    name: "keys in a folder of their own that others can look into",
    env: { CLAUDE_KEY_CACHE_DIR: "ROOT/home/keys" },
    arrange: folder(0o755, "keys"),
  },
  {
    name: "keys in a file",
    env: { CLAUDE_KEY_CACHE_DIR: "ROOT/bin/calls" },
    arrange: (terminal) => Deno.writeTextFileSync(join(terminal.bin, "calls"), ""),
  },
  {
    name: "a cache folder of this user's that is everybody's",
    arrange: folder(0o1777),
  },
  {
    name: "keys beside op",
    env: { CLAUDE_KEY_CACHE_DIR: "ROOT/bin" },
  },
  {
    name: "keys above op",
    localEnv: `${GOOD}CLAUDE_KEY_CACHE_DIR=ROOT\n`,
  },
  {
    name: "keys above op, and an ordinary folder that is somebody's",
    env: { CLAUDE_KEY_CACHE_DIR: "ROOT" },
    arrange: all(folder(0o700), (terminal) => Deno.chownSync(terminal.cache, 4242, null)),
    wantsRoot: true,
  },
  {
    name: "a cache folder that is closed to its owner",
    arrange: folder(0o500),
    under: withoutPrivilege(),
    wantsPermissions: true,
  },
  {
    name: "a folder above that is closed to its owner",
    arrange: folder(0o500, ".cache"),
    under: withoutPrivilege(),
    wantsPermissions: true,
  },
  {
    name: "keys where Deno lets nobody write",
    localEnv: `${GOOD}CLAUDE_KEY_CACHE_DIR=/proc/cache\n`,
    wantsLinux: true,
  },
  {
    name: "keys in memory, where Deno lets nobody write",
    env: { CLAUDE_KEY_CACHE_DIR: "/dev/shm/claude-key-test" },
    wantsLinux: true,
  },
  {
    name: "somebody's cache folder, under sudo",
    arrange: all(folder(0o700), (terminal) => Deno.chownSync(terminal.cache, 4242, null)),
    wantsRoot: true,
  },
  {
    name: "a key of the old scripts",
    arrange: all(folder(0o700), file(".cache/claude/backend-api.key", "sk-old")),
  },
  {
    name: "a certificate beside the keys",
    arrange: all(folder(0o700), file(".cache/claude/server.key", "-----BEGIN KEY-----\nMII\n")),
  },
  {
    name: "a folder in the place of a cached key",
    arrange: all(
      folder(0o700),
      folder(0o700, ".cache/claude/litellm-0123456789abcdef.key"),
      folder(0o700, ".cache/claude/litellm-0123456789abcdef.lock"),
    ),
  },
  {
    name: "a link in the place of a lock",
    arrange: all(
      folder(0o700),
      (terminal) =>
        Deno.symlinkSync("/dev/null", join(terminal.cache, "litellm-0123456789abcdef.lock")),
    ),
  },
  {
    name: "locks that cannot be opened",
    arrange: all(
      folder(0o700),
      ...["lock", "next.lock"].map((ending) => (terminal: Terminal): void => {
        const path = join(terminal.cache, `litellm-0123456789abcdef.${ending}`);
        Deno.writeTextFileSync(path, "");
        Deno.chmodSync(path, 0);
      }),
    ),
    under: withoutPrivilege(),
    wantsPermissions: true,
  },
];

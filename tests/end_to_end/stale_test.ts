import { assertEquals } from "@std/assert";
import { NO_MODES } from "../support/skips.ts";
import { KEY, type Run, Terminal } from "../support/terminal.ts";

const OFFLINE = "dial tcp: lookup acme.1password.com: no such host";
const UNREACHABLE = "connecting to desktop app timed out";
const STALE = { CLAUDE_KEY_STALE_IF_ERROR: "1d" };

/** A terminal whose cached key is so many hours old, and whose `op` fails. */
async function aged(hours: number, words: string, localEnv?: string): Promise<Terminal> {
  const terminal = new Terminal(localEnv);
  await terminal.run(["get"]);
  const then = new Date(Date.now() - hours * 3_600_000);
  Deno.utimeSync(terminal.keyFile, then, then);
  terminal.failWith(words);
  return terminal;
}

function served(words: string, warning: string): Run {
  return { stdout: `${KEY}\n`, stderr: `${words}\nclaude-key: warning: ${warning}\n`, status: 0 };
}

Deno.test("an expired key serves while 1Password is offline, with a warning", async () => {
  using terminal = await aged(13, OFFLINE);
  const { mtime } = Deno.statSync(terminal.keyFile);
  const expected = served(
    OFFLINE,
    "1Password cannot be reached; using the cached key, which expired 1 h ago",
  );
  assertEquals(await terminal.run(["get"], { env: STALE }), expected);
  assertEquals(Deno.statSync(terminal.keyFile).mtime, mtime, "a stale key is not made young");
  assertEquals(await terminal.run(["get"], { env: STALE }), expected);
  assertEquals(terminal.calls.length, 3);
});

Deno.test("an expired key serves while the app does not answer, with a warning", async () => {
  using terminal = await aged(13, UNREACHABLE);
  assertEquals(
    await terminal.run(["get"], { env: STALE }),
    served(
      UNREACHABLE,
      "the 1Password app does not answer; using the cached key, which expired 1 h ago",
    ),
  );
});

for (
  const [words, message] of [
    ["(429) Too Many Requests: retry", "1Password cannot serve now: (429) Too Many Requests"],
    ["(503) Service Unavailable", "1Password cannot serve now: (503) Service Unavailable"],
    ['Post "https://acme.1password.com/api/v2/auth": EOF', "1Password cannot be reached"],
    ["x509: certificate has expired or is not yet valid", "1Password cannot be reached"],
  ] as const
) {
  Deno.test(`an expired key serves when op says ${JSON.stringify(words)}`, async () => {
    using terminal = await aged(13, words);
    assertEquals(
      await terminal.run(["get"], { env: STALE }),
      served(words, `${message}; using the cached key, which expired 1 h ago`),
    );
  });
}

Deno.test("with CLAUDE_DEBUG a stale key is said to come from the cache", async () => {
  using terminal = await aged(13, OFFLINE);
  assertEquals(
    (await terminal.run(["get"], { env: { ...STALE, CLAUDE_DEBUG: "1" } })).stderr,
    [
      OFFLINE,
      "claude-key: warning: 1Password cannot be reached; " +
      "using the cached key, which expired 1 h ago",
      "claude-key: key loaded from cache",
      "",
    ].join("\n"),
  );
});

Deno.test("an expired key serves only who allows it", async () => {
  using terminal = await aged(13, OFFLINE);
  const { stdout, status } = await terminal.run(["get"]);
  assertEquals([stdout, status], ["", 1]);
});

Deno.test("an expired key serves as long as is allowed, and no longer", async () => {
  for (const [hours, status] of [[35.9, 0], [36.1, 1]] as const) {
    using terminal = await aged(hours, OFFLINE);
    assertEquals((await terminal.run(["get"], { env: STALE })).status, status, `${hours} h`);
  }
});

Deno.test("a young key serves a refresh that cannot be had", async () => {
  using terminal = await aged(1, OFFLINE);
  assertEquals(
    await terminal.run(["get", "--refresh"], { env: STALE }),
    served(OFFLINE, "1Password cannot be reached; using the cached key"),
  );
});

for (
  const [words, status] of [
    ["account is not signed in", 4],
    ["authorization prompt dismissed, please try again", 4],
    ["authorization timeout", 6],
    ["(403) Forbidden", 4],
    ["(401) Unauthorized: (503) Service Unavailable", 4],
    ["(404) Not Found: there is no 503 here", 1],
    ["dial tcp: retrying\naccount is not signed in", 4],
    ["Enter the password for ada@example.com at acme.1password.com: EOF", 4],
    ['"(503) Service Unavailable" was deleted', 1],
    ["item 'Work/litellm' does not have a field 'API Key'", 5],
    [`"litellm" isn't an item in the "Work" vault`, 5],
    ["the moon is full", 1],
  ] as const
) {
  Deno.test(`an expired key does not serve when op says ${JSON.stringify(words)}`, async () => {
    using terminal = await aged(13, words);
    const { stdout, status: actual } = await terminal.run(["get"], { env: STALE });
    assertEquals([stdout, actual], ["", status]);
  });
}

Deno.test("an expired key does not serve when nobody answers in time", async () => {
  using terminal = await aged(13, "unused");
  terminal.hold();
  const env = { ...STALE, CLAUDE_KEY_TIMEOUT: "1" };
  assertEquals((await terminal.run(["get"], { env })).status, 6);
});

Deno.test("without that setting a key serves no refresh that cannot be had, however young", async () => {
  using terminal = await aged(1, OFFLINE);
  const { stdout, status } = await terminal.run(["get", "--refresh"]);
  assertEquals([stdout, status], ["", 1]);
});

Deno.test("without a cache there is no stale key", async () => {
  using terminal = await aged(1, OFFLINE);
  const { stdout, status } = await terminal.run(["get", "--ttl", "0"], { env: STALE });
  assertEquals([stdout, status], ["", 1]);
});

Deno.test("a stale file that the guard refuses does not serve", async () => {
  for (const mar of ["cut short", "open to others", "empty"] as const) {
    if (mar === "open to others" && NO_MODES) continue;
    using terminal = await aged(13, OFFLINE);
    const path = terminal.keyFile;
    const { mtime } = Deno.statSync(path);
    if (mar === "cut short") Deno.writeTextFileSync(path, KEY);
    if (mar === "empty") Deno.writeTextFileSync(path, "");
    if (mar === "open to others") Deno.chmodSync(path, 0o644);
    Deno.utimeSync(path, mtime ?? 0, mtime ?? 0);
    const { stdout, status } = await terminal.run(["get"], { env: STALE });
    assertEquals([stdout, status], ["", 1], mar);
  }
});

Deno.test("a project that has no key of its own gets the stale one of all", async () => {
  using terminal = new Terminal('OP_ITEM="op://Work/litellm"\nCLAUDE_KEY_PROJECT_FIELDS=1\n');
  const env = { ...STALE, CLAUDE_PROJECT: "shop" };
  await terminal.run(["get"], { env });
  const then = new Date(Date.now() - 13 * 3_600_000);
  for (const name of terminal.cached) Deno.utimeSync(`${terminal.cache}/${name}`, then, then);
  terminal.failWith(OFFLINE);
  assertEquals(await terminal.run(["get"], { env }), {
    stdout: `${KEY}\n`,
    stderr: "claude-key: warning: 1Password cannot be reached; " +
      "using the cached key, which expired 1 h ago\n",
    status: 0,
  });
  // Whether another project has a key of its own is not known, so none is guessed.
  const other = await terminal.run(["get"], { env: { ...env, CLAUDE_PROJECT: "other" } });
  assertEquals([other.stdout, other.status], ["", 1]);
});

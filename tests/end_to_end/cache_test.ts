import { assertEquals } from "@std/assert";
import { join } from "../support/join.ts";
import { isInstalled } from "../support/real_shells.ts";
import {
  KEY,
  LOCAL_ENV,
  type Run,
  Terminal,
  until,
  withoutPrivilege,
} from "../support/terminal.ts";
import { cannotMount, ignoresPermissions, lacks } from "../support/tools.ts";

const DEBUG = { CLAUDE_DEBUG: "1" };
const UNIX = Deno.build.os !== "windows";
const ROOT = UNIX && Deno.uid() === 0;

const HIT: Run = { stdout: `${KEY}\n`, stderr: "claude-key: key loaded from cache\n", status: 0 };

function fetched(reason: string): Run {
  return {
    stdout: `${KEY}\n`,
    stderr: `claude-key: key fetched from 1Password (${reason})\n`,
    status: 0,
  };
}

/** A terminal whose cache holds the key. */
async function withCachedKey(): Promise<Terminal> {
  const terminal = new Terminal();
  assertEquals(await terminal.run(["get"]), { stdout: `${KEY}\n`, stderr: "", status: 0 });
  return terminal;
}

/** Whether there is a file, and what it says is so. */
function existsAnd(path: string, holds: (text: string) => boolean): boolean {
  try {
    return holds(Deno.readTextFileSync(path));
  } catch {
    return false;
  }
}

/** A cache file that does not serve leads to one fetch, which repairs it. */
async function assertRepaired(terminal: Terminal, reason: string): Promise<void> {
  const before = terminal.calls.length;
  assertEquals(await terminal.run(["get"], { env: DEBUG }), fetched(reason));
  assertEquals(await terminal.run(["get"], { env: DEBUG }), HIT);
  assertEquals(terminal.calls.length, before + 1);
  assertEquals(Deno.readTextFileSync(terminal.keyFile), `${KEY}\n`);
}

function hoursAgo(hours: number): Date {
  return new Date(Date.now() - hours * 3_600_000);
}

Deno.test("the first run fetches the key, the second one has it from the cache", async () => {
  using terminal = new Terminal();
  assertEquals(await terminal.run(["get"], { env: DEBUG }), fetched("no cached key"));
  assertEquals(await terminal.run(["get"], { env: DEBUG }), HIT);
  assertEquals(terminal.calls, ["read op://Work/litellm/API Key"]);
});

Deno.test("a hit needs no op and says nothing", async () => {
  using terminal = await withCachedKey();
  const empty = join(terminal.root, "empty");
  Deno.mkdirSync(empty);
  assertEquals(await terminal.run(["get"], { env: { PATH: empty } }), {
    stdout: `${KEY}\n`,
    stderr: "",
    status: 0,
  });
});

Deno.test("a cache file cut short anywhere leads to one fetch and a whole key", async () => {
  using terminal = await withCachedKey();
  const whole = new TextEncoder().encode(`${KEY}\n`);
  for (let length = 0; length < whole.length; length++) {
    Deno.writeFileSync(terminal.keyFile, whole.subarray(0, length));
    await assertRepaired(terminal, length === 0 ? "cache file empty" : "cache file cut short");
  }
});

Deno.test("a cache file with a newline and no key counts as empty", async () => {
  using terminal = await withCachedKey();
  Deno.writeTextFileSync(terminal.keyFile, "\n");
  await assertRepaired(terminal, "cache file empty");
});

for (
  const [name, content] of [
    ["of two lines", "sk-a\nsk-b\n"],
    ["with a control character", "sk-\x1b[31m\n"],
    ["with a carriage return", "sk-a\r\n"],
    ["with white space before the key", " sk-a\n"],
    ["with white space behind the key", "sk-a\u00a0\n"],
    ["with white space inside the key", "sk a\n"],
    ["with a zero-width space", "sk-\u200ba\n"],
    ["with a byte order mark", "\ufeffsk-a\n"],
    ["that is not UTF-8", new Uint8Array([0x73, 0xff, 0x0a])],
  ] as const
) {
  Deno.test(`a cache file ${name} is damaged`, async () => {
    using terminal = await withCachedKey();
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    Deno.writeFileSync(terminal.keyFile, bytes);
    await assertRepaired(terminal, "cache file damaged");
  });
}

Deno.test(
  "a pipe put in the place of a private file just before it is opened keeps nobody waiting",
  {
    ignore: lacks("strace", "mkfifo"),
  },
  async () => {
    for (const which of ["the key", "local.env"] as const) {
      using terminal = await withCachedKey();
      Deno.chmodSync(terminal.localEnv, 0o600);
      const path = which === "the key" ? terminal.keyFile : terminal.localEnv;
      const trace = join(terminal.root, "trace");
      const under = ["strace", "-f", "-o", trace, "-P", path, "-e", "trace=openat"];
      const child = terminal.command(["get"], {
        under: [...under, "-e", "inject=openat:delay_enter=500000"],
        env: DEBUG,
      }).spawn();
      await until("it is opened", () => existsAnd(trace, (text) => text.includes("openat(")));
      const pipe = join(terminal.root, "pipe");
      await new Deno.Command("mkfifo", { args: ["-m", "600", pipe] }).output();
      Deno.renameSync(pipe, path);
      const { success, stderr } = await child.output();
      const said = new TextDecoder().decode(stderr);
      assertEquals(success, which === "the key", said);
      assertEquals(
        said.includes(which === "the key" ? "(not a regular file)" : "is not a file"),
        true,
      );
    }
  },
);

Deno.test("a private file that may not be written to is read all the same", {
  ignore: ignoresPermissions(),
}, async () => {
  using terminal = await withCachedKey();
  Deno.chmodSync(terminal.keyFile, 0o400);
  Deno.chmodSync(terminal.localEnv, 0o400);
  const under = withoutPrivilege();
  assertEquals(await terminal.run(["get"], { env: DEBUG, under }), HIT);
});

Deno.test("any printable text without white space comes back byte for byte", async () => {
  const odd = "ключ'\"`$(x)\\✓";
  using terminal = new Terminal(LOCAL_ENV, { "Work/litellm/API Key": `${odd}\n` });
  for (const _run of ["fetched", "cached"]) {
    const { stdout } = await terminal.command(["get"]).output();
    assertEquals(stdout, new TextEncoder().encode(`${odd}\n`));
  }
  assertEquals(terminal.calls.length, 1);
});

Deno.test("a key older than the TTL is fetched again", async () => {
  using terminal = await withCachedKey();
  Deno.utimeSync(terminal.keyFile, hoursAgo(13), hoursAgo(13));
  await assertRepaired(terminal, "cache expired");
});

Deno.test("a key younger than the TTL is not, whatever the TTL is", async () => {
  using terminal = await withCachedKey();
  Deno.utimeSync(terminal.keyFile, hoursAgo(11.9), hoursAgo(11.9));
  assertEquals(await terminal.run(["get"], { env: DEBUG }), HIT);
  Deno.utimeSync(terminal.keyFile, hoursAgo(30), hoursAgo(30));
  assertEquals(await terminal.run(["get", "--ttl", "2d"], { env: DEBUG }), HIT);
  assertEquals(
    await terminal.run(["get"], { env: { ...DEBUG, CLAUDE_KEY_TTL: "90000" } }),
    fetched("cache expired"),
  );
});

Deno.test("a key from a clock a little ahead serves, one from the future does not", async () => {
  using terminal = await withCachedKey();
  Deno.utimeSync(terminal.keyFile, hoursAgo(-4 / 60), hoursAgo(-4 / 60));
  assertEquals(await terminal.run(["get"], { env: DEBUG }), HIT);
  Deno.utimeSync(terminal.keyFile, hoursAgo(-1), hoursAgo(-1));
  await assertRepaired(terminal, "dated in the future");
});

Deno.test({
  name: "a cache file that others may read is not used, and replaced by a private one",
  ignore: !UNIX,
  fn: async () => {
    using terminal = await withCachedKey();
    Deno.chmodSync(terminal.keyFile, 0o644);
    await assertRepaired(terminal, "readable by others");
    assertEquals((Deno.statSync(terminal.keyFile).mode ?? 0) & 0o777, 0o600);
  },
});

Deno.test({
  name: "a cache file of another user is not used (needs root)",
  ignore: !ROOT,
  fn: async () => {
    using terminal = await withCachedKey();
    Deno.chownSync(terminal.keyFile, 65534, 65534);
    await assertRepaired(terminal, "owned by another user");
    Deno.chownSync(terminal.keyFile, 65534, 65534);
    assertEquals(
      await terminal.run(["get"], { env: DEBUG, under: withoutPrivilege() }),
      fetched("owned by another user"),
    );
  },
});

Deno.test({
  name: "a link in the place of a cache file is not followed",
  ignore: !UNIX,
  fn: async () => {
    using terminal = await withCachedKey();
    const target = join(terminal.root, "planted");
    Deno.writeTextFileSync(target, "sk-planted\n");
    Deno.chmodSync(target, 0o600);
    const { keyFile } = terminal;
    Deno.removeSync(keyFile);
    Deno.symlinkSync(target, keyFile);
    await assertRepaired(terminal, "not a regular file");
    assertEquals(Deno.readTextFileSync(target), "sk-planted\n");
  },
});

Deno.test({
  name: "a pipe in the place of a cache file does not make anybody wait",
  ignore: !UNIX || !isInstalled("mkfifo"),
  fn: async () => {
    using terminal = await withCachedKey();
    const { keyFile } = terminal;
    Deno.removeSync(keyFile);
    await new Deno.Command("mkfifo", { args: [keyFile] }).output();
    await assertRepaired(terminal, "not a regular file");
  },
});

Deno.test("a folder in the place of a cache file is a miss, and the key comes all the same", async () => {
  using terminal = await withCachedKey();
  const { keyFile } = terminal;
  Deno.removeSync(keyFile);
  Deno.mkdirSync(keyFile);
  const { stdout, stderr, status } = await terminal.run(["get"], { env: DEBUG });
  assertEquals([stdout, status], [`${KEY}\n`, 0]);
  const [warning, debug] = stderr.split("\n");
  assertEquals(warning?.startsWith("claude-key: warning: the key could not be cached in "), true);
  assertEquals(debug, "claude-key: key fetched from 1Password (not a regular file)");
});

Deno.test("a cache file of a sparse gigabyte is not read", async () => {
  using terminal = await withCachedKey();
  Deno.truncateSync(terminal.keyFile, 1024 ** 3);
  await assertRepaired(terminal, "too large");
});

Deno.test("64 KiB with the newline is the largest key that is cached or accepted", async () => {
  const largest = "k".repeat(64 * 1024 - 1);
  using terminal = new Terminal(LOCAL_ENV, { "Work/litellm/API Key": `${largest}\n` });
  for (const _run of ["fetched", "cached"]) {
    assertEquals(await terminal.run(["get"]), { stdout: `${largest}\n`, stderr: "", status: 0 });
  }
  assertEquals(terminal.calls.length, 1);
  terminal.setField("Work/litellm/API Key", `${largest}k\n`);
  assertEquals(await terminal.run(["get", "--refresh"]), {
    stdout: "",
    stderr:
      "claude-key: error: op://Work/litellm/API Key is longer than 64 KiB, so it is not an API key\n" +
      "claude-key: hint: name the field that holds the key: set OP_FIELD in ~/.config/claude/local.env\n",
    status: 5,
  });
});

Deno.test({
  name: "a cache file without permission is a miss and replaced",
  ignore: ignoresPermissions(),
  fn: async () => {
    using terminal = await withCachedKey();
    Deno.chmodSync(terminal.keyFile, 0);
    const under = withoutPrivilege();
    assertEquals(
      await terminal.run(["get"], { env: DEBUG, under }),
      fetched("cache file damaged"),
    );
    assertEquals(await terminal.run(["get"], { env: DEBUG, under }), HIT);
  },
});

Deno.test("--refresh asks 1Password and replaces what is cached", async () => {
  using terminal = await withCachedKey();
  terminal.setField("Work/litellm/API Key", "sk-rotated\n");
  assertEquals(await terminal.run(["get", "--refresh"], { env: DEBUG }), {
    stdout: "sk-rotated\n",
    stderr: "claude-key: key fetched from 1Password (refresh asked)\n",
    status: 0,
  });
  assertEquals(await terminal.run(["get"], { env: DEBUG }), { ...HIT, stdout: "sk-rotated\n" });
});

Deno.test("a TTL of 0 neither reads nor writes the cache", async () => {
  using terminal = new Terminal();
  for (const args of [["get", "--ttl", "0"], ["get", "--ttl=0s", "--refresh"]]) {
    assertEquals(await terminal.run(args, { env: DEBUG }), fetched("cache off"));
  }
  assertEquals(terminal.calls.length, 2);
  assertEquals(Array.from(Deno.readDirSync(terminal.home), ({ name }) => name), [".config"]);
});

Deno.test("another reference, account or kind of authentication never meets this key", async () => {
  using terminal = await withCachedKey();
  terminal.setField("Work/litellm/Other", "sk-other\n");
  const variations = [
    { OP_FIELD: "Other" },
    { OP_ACCOUNT: "acme.1password.com" },
    { OP_ACCOUNT: "other.1password.com" },
    { OP_SERVICE_ACCOUNT_TOKEN: "ops_x" },
    { OP_SERVICE_ACCOUNT_TOKEN: "ops_y" },
    { OP_CONNECT_HOST: "http://localhost", OP_CONNECT_TOKEN: "x" },
    { OP_CONNECT_HOST: "http://elsewhere", OP_CONNECT_TOKEN: "x" },
  ];
  for (const env of variations) {
    const { stderr } = await terminal.run(["get"], { env: { ...DEBUG, ...env } });
    assertEquals(stderr, "claude-key: key fetched from 1Password (no cached key)\n");
  }
  assertEquals(terminal.cached.length, variations.length + 1);
  assertEquals(terminal.calls.slice(1), [
    "read op://Work/litellm/Other",
    "read op://Work/litellm/API Key --account acme.1password.com",
    "read op://Work/litellm/API Key --account other.1password.com",
    ...Array(4).fill("read op://Work/litellm/API Key"),
  ]);
});

Deno.test("an account is not given to op where a token says which one it is", {
  ignore: !UNIX,
}, async () => {
  using terminal = new Terminal();
  terminal.runInstead(`echo "[$OP_ACCOUNT][$OP_SERVICE_ACCOUNT_TOKEN]" >&2; echo ${KEY}`);
  const env = { OP_ACCOUNT: "acme", OP_SERVICE_ACCOUNT_TOKEN: "ops_x" };
  assertEquals(await terminal.run(["get"], { env }), {
    stdout: `${KEY}\n`,
    stderr: "[][ops_x]\n",
    status: 0,
  });
  assertEquals(terminal.calls, ["read op://Work/litellm/API Key"]);
});

Deno.test({
  name: "the cache folder and the files in it are private, whatever the umask",
  ignore: !UNIX,
  fn: async () => {
    using terminal = new Terminal();
    await terminal.run(["get"], { under: ["sh", "-c", 'umask 000; exec "$0" "$@"'] });
    const mode = (path: string): number => (Deno.lstatSync(path).mode ?? 0) & 0o777;
    assertEquals(mode(terminal.cache), 0o700);
    for (const { name } of Deno.readDirSync(terminal.cache)) {
      assertEquals([name, mode(join(terminal.cache, name))], [name, 0o600]);
    }
  },
});

Deno.test("a temporary file is swept when it is an hour old, and nothing else is", async () => {
  using terminal = await withCachedKey();
  // Whatever the order of the folder, it mixes those that go with those that cannot go.
  const numbered = (random: string): string[] =>
    Array.from({ length: 8 }, (_, pid) => `${terminal.keyFile}.tmp.${pid}.${random}`);
  const stubborn = numbered("0bad");
  for (const path of stubborn) Deno.mkdirSync(join(path, "full"), { recursive: true });
  const others = ["notes.tmp", "other.key.tmp.1", "x.key.tmp.2.zz"];
  const files = [...numbered("0123abcd"), ...others.map((name) => join(terminal.cache, name))];
  for (const path of files) Deno.writeTextFileSync(path, "sk-");
  for (const path of [...files, ...stubborn]) Deno.utimeSync(path, hoursAgo(2), hoursAgo(2));
  const young = `${terminal.keyFile}.tmp.4712.0123abcd`;
  Deno.writeTextFileSync(young, "sk-");
  await terminal.run(["get", "--refresh"]);
  const kept = [terminal.keyFile, young, ...stubborn];
  const expected = kept.map((path) => path.slice(terminal.cache.length + 1));
  assertEquals(terminal.cached, [...expected, ...others].sort());
});

/** What a run that cannot cache says on stderr, with the system's own words left out. */
async function assertDeliveredUncached(terminal: Terminal, options = {}): Promise<void> {
  const { stdout, stderr, status } = await terminal.run(["get"], options);
  assertEquals([stdout, status], [`${KEY}\n`, 0]);
  assertEquals(
    stderr.replace(/": .*/, '": WORDS'),
    `claude-key: warning: the key could not be cached in "${terminal.cache}": WORDS\n`,
  );
}

Deno.test("a file in the place of the cache folder costs the cache, not the key", async () => {
  using terminal = new Terminal();
  Deno.mkdirSync(join(terminal.cache, ".."), { recursive: true });
  Deno.writeTextFileSync(terminal.cache, "");
  await assertDeliveredUncached(terminal);
});

Deno.test({
  name: "a read-only cache folder costs the cache, not the key, and keeps the old one",
  ignore: ignoresPermissions(),
  fn: async () => {
    using terminal = await withCachedKey();
    Deno.utimeSync(terminal.keyFile, hoursAgo(13), hoursAgo(13));
    Deno.chmodSync(terminal.cache, 0o500);
    await assertDeliveredUncached(terminal, { under: withoutPrivilege() });
    Deno.chmodSync(terminal.cache, 0o700);
    assertEquals(Deno.readTextFileSync(terminal.keyFile), `${KEY}\n`);
  },
});

Deno.test({
  name: "a full disk costs the cache, not the key, and keeps the old one (needs root)",
  ignore: !ROOT || cannotMount(),
  fn: async () => {
    using terminal = new Terminal();
    Deno.mkdirSync(terminal.cache, { recursive: true, mode: 0o700 });
    await mustRun("mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "tmpfs", terminal.cache);
    try {
      await terminal.run(["get"]);
      Deno.utimeSync(terminal.keyFile, hoursAgo(13), hoursAgo(13));
      await new Deno.Command("dd", {
        args: ["if=/dev/zero", `of=${join(terminal.cache, "filler")}`],
        stderr: "null",
      }).output();
      await assertDeliveredUncached(terminal);
      assertEquals(Deno.readTextFileSync(terminal.keyFile), `${KEY}\n`);
      assertEquals(terminal.cached.length, 2);
    } finally {
      await mustRun("umount", terminal.cache);
    }
  },
});

Deno.test({
  name: "the cache may be reached through a symbolic link",
  ignore: !UNIX,
  fn: async () => {
    using terminal = new Terminal();
    const elsewhere = join(terminal.root, "elsewhere");
    Deno.mkdirSync(elsewhere);
    Deno.symlinkSync(elsewhere, join(terminal.home, ".cache"));
    assertEquals(await terminal.run(["get"], { env: DEBUG }), fetched("no cached key"));
    assertEquals(await terminal.run(["get"], { env: DEBUG }), HIT);
    assertEquals(
      Array.from(Deno.readDirSync(join(elsewhere, "claude"))).some(({ isFile }) => isFile),
      true,
    );
  },
});

Deno.test("the cache folder can be chosen", async () => {
  using terminal = new Terminal();
  const env = { ...DEBUG, CLAUDE_KEY_CACHE_DIR: join(terminal.root, "a", "b") };
  assertEquals(await terminal.run(["get"], { env }), fetched("no cached key"));
  assertEquals(await terminal.run(["get"], { env }), HIT);
});

Deno.test("on the way to a cache folder that is not there, . and .. are what they are called", async () => {
  for (const way of ["new/.", "new/./x/..", "new/x/../../new"]) {
    using terminal = new Terminal();
    const env = { ...DEBUG, CLAUDE_KEY_CACHE_DIR: `${terminal.root}/${way}` };
    assertEquals(await terminal.run(["get"], { env }), fetched("no cached key"));
    assertEquals(await terminal.run(["get"], { env }), HIT);
    assertEquals(
      Array.from(Deno.readDirSync(join(terminal.root, "new"))).filter(({ isFile }) => isFile)
        .length,
      2,
    );
  }
});

Deno.test({
  name: "closing stdout early is an error in words, and the key stays cached",
  ignore: !UNIX,
  fn: async () => {
    using terminal = await withCachedKey();
    terminal.hold();
    const child = terminal.command(["get", "--refresh"]).spawn();
    await until("op is asked", () => terminal.calls.length === 2);
    await child.stdout.cancel();
    terminal.release();
    const [{ code }, stderr] = await Promise.all([child.status, new Response(child.stderr).text()]);
    assertEquals(stderr, "claude-key: error: nobody reads what was asked for\n");
    assertEquals(code, 1);
    assertEquals(Deno.readTextFileSync(terminal.keyFile), `${KEY}\n`);
  },
});

async function mustRun(command: string, ...args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(command, { args }).output();
  if (!success) throw new Error(`${command}: ${new TextDecoder().decode(stderr)}`);
}

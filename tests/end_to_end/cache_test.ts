import { assertEquals, assertStringIncludes } from "@std/assert";
import { orKilled, outputOf, until } from "../support/deadline.ts";
import { NO_LINKS, NO_MODES, NO_XDG, testOfUnix } from "../support/skips.ts";
import { join } from "../support/join.ts";
import { program } from "../support/program.ts";
import { isInstalled } from "../support/real_shells.ts";
import {
  FIRST_FOLDER,
  KEY,
  LOCAL_ENV,
  type Run,
  Terminal,
  withoutPrivilege,
} from "../support/terminal.ts";
import { cannotMount, ignoresPermissions, lacks } from "../support/tools.ts";

const test = testOfUnix("modes, owners, links and pipes in the cache");

const DEBUG = { CLAUDE_DEBUG: "1" };
const ROOT = Deno.uid() === 0;

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

test(
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
      await outputOf("mkfifo", { args: ["-m", "600", pipe] });
      Deno.renameSync(pipe, path);
      const { success, stderr } = await orKilled("claude-key ends", child, child.output());
      const said = new TextDecoder().decode(stderr);
      assertEquals(success, which === "the key", said);
      assertEquals(
        said.includes(which === "the key" ? "(not a regular file)" : "is not a file"),
        true,
      );
    }
  },
);

test("a private file that may not be written to is read all the same", {
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
    const child = terminal.command(["get"]).spawn();
    const { stdout } = await orKilled("claude-key ends", child, child.output());
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

test({
  name: "a cache file that others may read is not used, and replaced by a private one",
  ignore: NO_MODES,
  fn: async () => {
    using terminal = await withCachedKey();
    Deno.chmodSync(terminal.keyFile, 0o644);
    await assertRepaired(terminal, "readable by others");
    assertEquals((Deno.statSync(terminal.keyFile).mode ?? 0) & 0o777, 0o600);
  },
});

test({
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

test({
  name: "a link in the place of a cache file is not followed",
  ignore: NO_LINKS,
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

test({
  name: "a pipe in the place of a cache file does not make anybody wait",
  ignore: !isInstalled("mkfifo"),
  fn: async () => {
    using terminal = await withCachedKey();
    const { keyFile } = terminal;
    Deno.removeSync(keyFile);
    await outputOf("mkfifo", { args: [keyFile] });
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
      terminal.shown(
        "claude-key: hint: name the field that holds the key: set OP_FIELD in ~/.config/claude/local.env\n",
      ),
    status: 5,
  });
});

test({
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
  assertEquals(Array.from(Deno.readDirSync(terminal.home), ({ name }) => name), [FIRST_FOLDER]);
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
    { OP_CONNECT_HOST: "http://localhost", OP_CONNECT_TOKEN: "y" },
    { OP_CONFIG_DIR: "/home/me/.op/home" },
    { OP_CONFIG_DIR: "/home/me/.op/work" },
    { XDG_CONFIG_HOME: "/home/me/.other", OP_ITEM: "op://Work/litellm" },
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
    ...Array(8).fill("read op://Work/litellm/API Key"),
  ]);
});

test("the usual place of op's own configuration, named or not, is the same one", {
  ignore: NO_XDG,
}, async () => {
  using terminal = await withCachedKey();
  const env = { ...DEBUG, XDG_CONFIG_HOME: join(terminal.home, ".config") };
  assertEquals(await terminal.run(["get"], { env }), HIT);
});

Deno.test("a set-up of op that is named from the current folder is another one in another folder", async () => {
  using terminal = await withCachedKey();
  const env = { ...DEBUG, OP_CONFIG_DIR: ".op" };
  for (const cwd of [terminal.home, terminal.root]) {
    const { stderr } = await terminal.run(["get"], { env, cwd });
    assertEquals(stderr, "claude-key: key fetched from 1Password (no cached key)\n");
    assertEquals(await terminal.run(["get"], { env, cwd }), HIT);
  }
});

Deno.test("an account is not given to op where a token says which one it is", async () => {
  using terminal = new Terminal();
  terminal.runInstead(
    `echo "[$OP_ACCOUNT][$OP_SERVICE_ACCOUNT_TOKEN]" >&2; echo ${KEY}`,
    `@>&2 echo [%OP_ACCOUNT%][%OP_SERVICE_ACCOUNT_TOKEN%]\n@echo ${KEY}\n`,
  );
  const env = { OP_ACCOUNT: "acme", OP_SERVICE_ACCOUNT_TOKEN: "ops_x" };
  assertEquals(await terminal.run(["get"], { env }), {
    stdout: `${KEY}\n`,
    stderr: "[][ops_x]\n",
    status: 0,
  });
  assertEquals(terminal.calls, ["read op://Work/litellm/API Key"]);
});

test({
  name: "the cache folder and the files in it are private, whatever the umask",
  ignore: NO_MODES,
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

/** What is said of a folder that is not used. */
function unused(terminal: Terminal, words: string, folder: string = terminal.cache): Run {
  return {
    stdout: `${KEY}\n`,
    stderr:
      `claude-key: warning: the cache folder "${folder}" ${words}, so that no key is cached\n` +
      "claude-key: hint: set CLAUDE_KEY_CACHE_DIR to a folder of your own, on a local disk\n" +
      "claude-key: hint: or, to cache nothing, set CLAUDE_KEY_TTL to 0\n",
    status: 0,
  };
}

for (const mode of [0o777, 0o775, 0o2770, 0o722]) {
  test({
    name: `nothing is taken from a cache folder of mode ${mode.toString(8)}, which is closed`,
    ignore: NO_MODES,
    fn: async () => {
      using terminal = await withCachedKey();
      const mine = terminal.keyFile;
      terminal.setField("Work/other/API Key", "sk-two\n");
      const other = { ...DEBUG, OP_ITEM: "op://Work/other" };
      await terminal.run(["get"], { env: other });
      const others = join(
        terminal.cache,
        terminal.cached.find((name) => !mine.endsWith(name)) ?? "",
      );
      // Somebody else gives one key the name of the other.
      Deno.renameSync(mine, others);
      Deno.chmodSync(terminal.cache, mode);
      assertEquals(await terminal.run(["get"], { env: other }), {
        stdout: "sk-two\n",
        stderr: "claude-key: key fetched from 1Password (cache folder open to others)\n",
        status: 0,
      });
      assertEquals((Deno.statSync(terminal.cache).mode ?? 0) & 0o7777, mode & ~0o022);
      assertEquals(await terminal.run(["get"], { env: other }), { ...HIT, stdout: "sk-two\n" });
    },
  });
}

test({
  name: "no entry of an open cache folder is used later, whoever finds it open first",
  ignore: NO_MODES,
  fn: async () => {
    using terminal = await withCachedKey();
    terminal.setField("Work/other/API Key", "sk-two\n");
    Deno.writeTextFileSync(join(terminal.cache, "server.key"), "not ours\n");
    Deno.chmodSync(terminal.cache, 0o777);
    await terminal.run(["get"], { env: { OP_ITEM: "op://Work/other" } });
    assertEquals(await terminal.run(["get"], { env: DEBUG }), fetched("no cached key"));
    assertEquals(terminal.cached.includes("server.key"), true);
  },
});

test({
  name:
    "an open cache folder that cannot be emptied, as nobody can list it, is not closed and used",
  ignore: NO_MODES || ignoresPermissions(),
  fn: async () => {
    using terminal = await withCachedKey();
    const under = withoutPrivilege();
    Deno.writeTextFileSync(terminal.keyFile, "sk-planted\n");
    Deno.chmodSync(terminal.cache, 0o333);
    for (const _run of [1, 2]) {
      const { stdout, stderr, status } = await terminal.run(["get"], { under });
      assertEquals([stdout, status], [`${KEY}\n`, 0]);
      assertStringIncludes(stderr, "is open to writing by others, so that no key is cached\n");
    }
    assertEquals((Deno.statSync(terminal.cache).mode ?? 0) & 0o777, 0o333);
    Deno.chmodSync(terminal.cache, 0o700);
  },
});

test({
  name: "a cache folder that is meant for everybody is neither used nor changed",
  ignore: NO_MODES,
  fn: async () => {
    using terminal = await withCachedKey();
    Deno.chmodSync(terminal.cache, 0o1777);
    const before = terminal.cached;
    assertEquals(await terminal.run(["get"]), unused(terminal, "is open to writing by others"));
    assertEquals((Deno.statSync(terminal.cache).mode ?? 0) & 0o7777, 0o1777);
    assertEquals(terminal.cached, before);
  },
});

test({
  name: "a cache folder of another user is neither read nor written (needs root)",
  ignore: !ROOT,
  fn: async () => {
    using terminal = await withCachedKey();
    const names = (): string[] => Array.from(Deno.readDirSync(terminal.cache), ({ name }) => name);
    // As after sudo: the files are mine, the folder is not.
    Deno.chownSync(terminal.cache, 65534, 65534);
    const before = names();
    assertEquals(await terminal.run(["get"]), unused(terminal, "belongs to another user"));
    terminal.failWith("account is not signed in");
    const { stderr, status } = await terminal.run(["get"], { env: DEBUG });
    assertEquals(status, 4);
    assertStringIncludes(
      stderr,
      "\nclaude-key: no key from the cache (cache folder owned by another user)\n",
    );
    assertEquals(names(), before);
  },
});

test({
  name: "a cache folder that Deno keeps programs out of is named with its cure",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    using terminal = new Terminal();
    const words = "is out of reach, as it is the system's or has an op in or below it";
    for (const folder of ["/dev/shm/claude-key-test", terminal.root]) {
      assertEquals(
        await terminal.run(["get"], { env: { CLAUDE_KEY_CACHE_DIR: folder } }),
        unused(terminal, words, folder),
      );
    }
  },
});

test({
  name: "a file system without modes is named, once, with its cure",
  ignore: NO_MODES,
  fn: async () => {
    using terminal = new Terminal(`${LOCAL_ENV}CLAUDE_KEY_PROJECT_FIELDS=1\n`);
    const probe = program(new URL("../support/probes/no_modes.ts", import.meta.url));
    for (const _run of [1, 2]) {
      assertEquals(await terminal.run(["get"], { program: probe }), {
        stdout: `${KEY}\n`,
        stderr: `claude-key: warning: a file in the cache folder "${terminal.cache}" ` +
          "does not serve: readable by others; so no key is cached\n" +
          "claude-key: hint: set CLAUDE_KEY_CACHE_DIR to a folder of your own, on a local disk\n" +
          "claude-key: hint: or, to cache nothing, set CLAUDE_KEY_TTL to 0\n",
        status: 0,
      });
      assertEquals(terminal.cached, [], "no key lies open");
    }
  },
});

Deno.test("a key of a configuration that is used no more is swept when its time is over", async () => {
  using terminal = await withCachedKey();
  const orphan = terminal.keyFile;
  const names = (): string[] =>
    Array.from(Deno.readDirSync(terminal.cache), ({ name }) => name).sort();
  const others = ["server.key", "old.absent", "mine.lock", "x-0123456789abcdeg.key"];
  const absent = orphan.replace(/\.key$/, ".absent");
  const lock = orphan.replace(/\.key$/, ".lock");
  for (const name of others) Deno.writeTextFileSync(join(terminal.cache, name), "");
  Deno.writeTextFileSync(absent, "");
  const age = (hours: number): void => {
    for (const name of names()) {
      const path = join(terminal.cache, name);
      if (!name.startsWith("new-")) Deno.utimeSync(path, hoursAgo(hours), hoursAgo(hours));
    }
  };
  const refresh = async (env: Record<string, string>, ...args: string[]): Promise<void> => {
    terminal.setField("Work/new/API Key", "sk-new\n");
    const options = { env: { OP_ITEM: "op://Work/new", ...env } };
    assertEquals((await terminal.run(["get", "--refresh", ...args], options)).status, 0);
  };
  const left = (...paths: string[]): void =>
    assertEquals(
      names().filter((name) => !name.startsWith("new-")),
      [...others, ...paths.map((path) => path.slice(terminal.cache.length + 1))].sort(),
    );
  age(11.9);
  await refresh({});
  left(orphan, absent, lock);
  await refresh({}, "--ttl", "1h");
  left(orphan, absent, lock);
  age(35);
  await refresh({ CLAUDE_KEY_STALE_IF_ERROR: "1d" });
  left(orphan, absent, lock);
  await refresh({});
  left(lock);
  age(49);
  await refresh({});
  left();
});

Deno.test("a key of the future is swept, too", async () => {
  using terminal = await withCachedKey();
  const orphan = terminal.keyFile;
  Deno.utimeSync(orphan, hoursAgo(-100), hoursAgo(-100));
  await terminal.run(["get", "--refresh"], { env: { OP_ACCOUNT: "acme" } });
  assertEquals(orphan.endsWith(terminal.cached[0] ?? ""), false);
});

for (
  const [what, words] of [
    ["field", "item 'Work/litellm' does not have a field 'API Key'"],
    ["item", `"litellm" isn't an item in the "Work" vault`],
  ] as const
) {
  Deno.test(`a key whose ${what} is gone from 1Password is not served again`, async () => {
    using terminal = await withCachedKey();
    terminal.failWith(words);
    assertEquals((await terminal.run(["get", "--refresh"])).status, 5);
    assertEquals(terminal.cached, []);
    const { stdout, status } = await terminal.run(["get"]);
    assertEquals([stdout, status], ["", 5]);
  });
}

Deno.test("a refresh that 1Password does not answer takes no key away", async () => {
  using terminal = await withCachedKey();
  terminal.failWith("account is not signed in");
  assertEquals((await terminal.run(["get", "--refresh"])).status, 4);
  assertEquals(await terminal.run(["get"], { env: DEBUG }), HIT);
});

Deno.test("a key is as old as the question was, not as the answer", async () => {
  using terminal = new Terminal();
  terminal.hold();
  const before = Date.now();
  const run = terminal.run(["get"]);
  await until("op is asked", () => terminal.calls.length === 1);
  const asked = Date.now();
  await until("time goes by", () => Date.now() > asked + 300);
  terminal.release();
  await run;
  const time = Deno.statSync(terminal.keyFile).mtime?.getTime() ?? 0;
  assertEquals([time >= before, time <= asked], [true, true]);
});

Deno.test("with CLAUDE_DEBUG a failure is told without a trace, and why the cache missed", async () => {
  using terminal = await withCachedKey();
  Deno.utimeSync(terminal.keyFile, hoursAgo(13), hoursAgo(13));
  terminal.failWith("account is not signed in");
  const empty = join(terminal.root, "empty");
  Deno.mkdirSync(empty);
  const reports = {
    "account is not signed in\n": DEBUG,
    "": { ...DEBUG, PATH: empty },
  };
  for (const [words, env] of Object.entries(reports)) {
    const { stderr } = await terminal.run(["get"], { env });
    const [reason = "", error = "", ...hints] = stderr.slice(words.length).split("\n");
    assertEquals(reason, "claude-key: no key from the cache (cache expired)");
    assertEquals(error.startsWith("claude-key: error: "), true, stderr);
    for (const hint of hints.slice(0, -1)) {
      assertEquals(hint.startsWith("claude-key: hint: "), true);
    }
  }
});

const CACHED: readonly (readonly string[])[] = [["get", "--cached"], ["env", "--cached"]];

Deno.test("--cached prints what is cached, and never asks", async () => {
  using terminal = await withCachedKey();
  const outputs = [`${KEY}\n`, `export ANTHROPIC_AUTH_TOKEN='${KEY}';\n`];
  for (const [index, args] of CACHED.entries()) {
    const shell = args[0] === "env" ? ["--shell", "posix"] : [];
    for (const more of [[], ["--ttl", "1h"]]) {
      assertEquals(await terminal.run([...args, ...shell, ...more], { env: DEBUG }), {
        ...HIT,
        stdout: outputs[index] ?? "",
      });
    }
  }
  assertEquals(terminal.calls.length, 1);
});

Deno.test("--cached without a good key ends with 7 and asks nobody", async () => {
  using terminal = await withCachedKey();
  const expire = (): void => Deno.utimeSync(terminal.keyFile, hoursAgo(13), hoursAgo(13));
  const cases: [string, Record<string, string>, () => void][] = [
    ["cache expired", { CLAUDE_KEY_STALE_IF_ERROR: "2d" }, expire],
    ["cache off", { CLAUDE_KEY_TTL: "0" }, () => {}],
    ["cache file empty", {}, () => Deno.writeTextFileSync(terminal.keyFile, "")],
    ["no cached key", {}, () => Deno.removeSync(terminal.keyFile)],
  ];
  for (const [reason, env, prepare] of cases) {
    prepare();
    for (const args of CACHED) {
      const shell = args[0] === "env" ? ["--shell", "posix"] : [];
      assertEquals(await terminal.run([...args, ...shell], { env }), {
        stdout: args[0] === "env" ? "false\n" : "",
        stderr: `claude-key: error: the cache has no key that serves: ${reason}\n` +
          "claude-key: hint: to ask 1Password, run: claude-key get\n",
        status: 7,
      });
    }
  }
  assertEquals(terminal.calls.length, 1);
});

Deno.test("--cached and --refresh exclude each other", async () => {
  using terminal = await withCachedKey();
  for (const command of ["get", "env"]) {
    const shell = command === "env" ? ["--shell", "posix"] : [];
    assertEquals(await terminal.run([command, "--cached", "--refresh", ...shell]), {
      stdout: command === "env" ? "false\n" : "",
      stderr: "claude-key: error: --refresh and --cached exclude each other\n" +
        "claude-key: hint: leave one of them out\n",
      status: 2,
    });
  }
  assertEquals(terminal.calls.length, 1);
});

Deno.test("get does not mind settings that it has no use for", async () => {
  using terminal = new Terminal();
  for (
    const env of [
      { CLAUDE_KEY_REPO_HEADER: "yes" },
      { CLAUDE_KEY_VAR: "PATH" },
      { LITELLM_BASE_URL: "none" },
      { CLAUDE_GITHUB_REPO: "a b" },
    ]
  ) {
    assertEquals(await terminal.run(["get"], { env }), {
      stdout: `${KEY}\n`,
      stderr: "",
      status: 0,
    });
    const status = "CLAUDE_GITHUB_REPO" in env ? 0 : 2;
    assertEquals([env, (await terminal.run(["env"], { env })).status], [env, status]);
  }
});

test("without a cache there need be no place for it", { ignore: NO_XDG }, async () => {
  using terminal = new Terminal(null);
  const env = { HOME: "", OP_ITEM: "op://Work/litellm", CLAUDE_KEY_TTL: "0" };
  assertEquals(await terminal.run(["get"], { env }), {
    stdout: `${KEY}\n`,
    stderr: "",
    status: 0,
  });
  assertEquals((await terminal.run(["get"], { env: { ...env, CLAUDE_KEY_TTL: "1h" } })).status, 2);
});

Deno.test("a temporary file is swept when it is an hour old, and nothing else is", async () => {
  using terminal = await withCachedKey();
  // Whatever the order of the folder, it mixes those that go with those that cannot go.
  const numbered = (random: string): string[] =>
    Array.from({ length: 8 }, (_, pid) => `${terminal.keyFile}.tmp.${pid}.${random}`);
  const stubborn = numbered("0bad");
  for (const path of stubborn) Deno.mkdirSync(join(path, "full"), { recursive: true });
  const others = ["notes.tmp", "other.key.tmp.1", "x.key.tmp.2.zz"];
  const absent = `${terminal.keyFile.replace(/key$/, "absent")}.tmp.4711.0123abcd`;
  const mine = [...numbered("0123abcd"), absent];
  const files = [...mine, ...others.map((name) => join(terminal.cache, name))];
  const young = `${terminal.keyFile}.tmp.4712.0123abcd`;
  for (const path of [...files, young]) Deno.writeTextFileSync(path, "sk-");
  for (const path of [...files, ...stubborn]) {
    Deno.utimeSync(path, hoursAgo(61 / 60), hoursAgo(61 / 60));
  }
  Deno.utimeSync(young, hoursAgo(58 / 60), hoursAgo(58 / 60));
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

/** A key that was replaced in 1Password must not come back, although the new one cannot be cached. */
async function assertNeverAgain(terminal: Terminal, under: string[] = []): Promise<void> {
  terminal.setField("Work/litellm/API Key", "sk-rotated\n");
  const rotated = await terminal.run(["get", "--refresh"], { under });
  assertEquals([rotated.stdout, rotated.status], ["sk-rotated\n", 0]);
  assertEquals(
    rotated.stderr.replace(/": .*/, '": WORDS'),
    `claude-key: warning: the key could not be cached in "${terminal.cache}": WORDS\n`,
  );
  assertEquals((await terminal.run(["get"], { under })).stdout, "sk-rotated\n");
  assertEquals(terminal.calls.length, 3);
}

test({
  name: "a read-only cache folder costs the cache, not the key, and keeps no replaced one",
  ignore: ignoresPermissions(),
  fn: async () => {
    using terminal = await withCachedKey();
    Deno.chmodSync(terminal.cache, 0o500);
    await assertNeverAgain(terminal, withoutPrivilege());
    Deno.chmodSync(terminal.cache, 0o700);
    assertEquals(Deno.readTextFileSync(terminal.keyFile), "");
  },
});

test({
  name: "a key that can be neither replaced nor removed nor emptied stays, which is said",
  ignore: ignoresPermissions(),
  fn: async () => {
    using terminal = await withCachedKey();
    const { keyFile } = terminal;
    const under = withoutPrivilege();
    Deno.chmodSync(keyFile, 0o400);
    Deno.chmodSync(terminal.cache, 0o500);
    const uncached =
      `claude-key: warning: the key could not be cached in "${terminal.cache}": WORDS\n`;
    const stays =
      `claude-key: warning: the old key stays in "${keyFile}" and is used until it expires\n`;
    const refreshed = async (): Promise<Run> => {
      const run = await terminal.run(["get", "--refresh"], { under });
      return { ...run, stderr: run.stderr.replace(/": .*/, '": WORDS') };
    };
    // It is no old one yet.
    assertEquals(await refreshed(), { stdout: `${KEY}\n`, stderr: uncached, status: 0 });
    terminal.setField("Work/litellm/API Key", "sk-rotated\n");
    const rotated = { stdout: "sk-rotated\n", stderr: uncached + stays, status: 0 };
    assertEquals(await refreshed(), rotated);
    assertEquals(await terminal.run(["get"], { under }), { ...HIT, stderr: "" });
    terminal.setField("Work/litellm/API Key", "\n");
    const { stderr, status } = await terminal.run(["get", "--refresh"], { under });
    assertEquals([stderr.startsWith(stays), status], [true, 5]);
    Deno.chmodSync(terminal.cache, 0o700);
  },
});

test({
  name: "a full disk costs the cache, not the key, and keeps no replaced one (needs root)",
  ignore: !ROOT || cannotMount(),
  fn: async () => {
    using terminal = new Terminal();
    Deno.mkdirSync(terminal.cache, { recursive: true, mode: 0o700 });
    await mustRun("mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "tmpfs", terminal.cache);
    try {
      await terminal.run(["get"]);
      const fill = async (): Promise<void> => {
        await outputOf("dd", { args: ["if=/dev/zero", `of=${join(terminal.cache, "filler")}`] });
      };
      await fill();
      await assertNeverAgain(terminal);
      assertEquals(terminal.cached, ["filler", terminal.keyFile.split("/").at(-1)].sort());
    } finally {
      await mustRun("umount", terminal.cache);
    }
  },
});

test({
  name: "the cache may be reached through a symbolic link",
  ignore: NO_LINKS,
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
  fn: async () => {
    using terminal = await withCachedKey();
    terminal.hold();
    const child = terminal.command(["get", "--refresh"]).spawn();
    await until("op is asked", () => terminal.calls.length === 2);
    await child.stdout.cancel();
    terminal.release();
    const ended = Promise.all([child.status, new Response(child.stderr).text()]);
    const [{ code }, stderr] = await orKilled("claude-key ends", child, ended);
    assertEquals(stderr, "claude-key: error: nobody reads what was asked for\n");
    assertEquals(code, 1);
    assertEquals(Deno.readTextFileSync(terminal.keyFile), `${KEY}\n`);
  },
});

async function mustRun(command: string, ...args: string[]): Promise<void> {
  const { success, stderr } = await outputOf(command, { args });
  if (!success) throw new Error(`${command}: ${new TextDecoder().decode(stderr)}`);
}

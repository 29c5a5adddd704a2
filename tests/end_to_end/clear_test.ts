import { assertEquals } from "@std/assert";
import { listFolderCommand } from "../../lib/text/typed_commands.ts";
import { within } from "../support/deadline.ts";
import { join } from "../support/join.ts";
import { abilitiesAfter } from "../support/confined.ts";
import { NO_LINKS, NO_ODD_FILES } from "../support/skips.ts";
import { FIRST_FOLDER, KEY, LOCAL_ENV, type Run, Terminal } from "../support/terminal.ts";

/** What there is to say when there is nothing to do. */
function nothing(terminal: Terminal): Run {
  const stdout = `nothing to remove in ${terminal.shown("~/.cache/claude")}\n`;
  return { stdout, stderr: "", status: 0 };
}

/** All names in the cache folder, locks too. */
function everything(terminal: Terminal): string[] {
  return Array.from(Deno.readDirSync(terminal.cache), ({ name }) => name).sort();
}

/** The name of the one cached entry, without an ending. */
async function cacheOne(terminal: Terminal): Promise<string> {
  await terminal.run(["get"]);
  return (terminal.cached[0] ?? "").replace(/\.key$/, "");
}

function removed(terminal: Terminal, ...names: string[]): Run {
  const stdout = names.map((name) => terminal.shown(`removed ~/.cache/claude/${name}\n`)).join("");
  return { stdout, stderr: "", status: 0 };
}

Deno.test(
  "clear names what it removes, and has nothing to do the second time",
  async () => {
    using terminal = new Terminal();
    const entry = await cacheOne(terminal);
    assertEquals(await terminal.run(["clear"]), removed(terminal, `${entry}.key`, `${entry}.lock`));
    assertEquals(everything(terminal), []);
    assertEquals(await terminal.run(["clear"]), nothing(terminal));
    assertEquals(await terminal.run(["clear", "--all"]), nothing(terminal));
    await terminal.run(["get"]);
    assertEquals(terminal.calls.length, 2);
  },
);

Deno.test("clear where nothing was ever cached makes no folder", async () => {
  using terminal = new Terminal();
  assertEquals(await terminal.run(["clear"]), nothing(terminal));
  assertEquals(Array.from(Deno.readDirSync(terminal.home), ({ name }) => name), [FIRST_FOLDER]);
});

Deno.test("clear leaves other configurations alone, clear --all does not", async () => {
  using terminal = new Terminal();
  terminal.setField("Work/other/API Key", "sk-two\n");
  const first = await cacheOne(terminal);
  await terminal.run(["get"], { env: { OP_ITEM: "op://Work/other" } });
  const second = (terminal.cached.find((name) => !name.startsWith(first)) ?? "").slice(0, -4);
  const leftover = `${first}.key.tmp.4711.0a1b2c`;
  Deno.writeTextFileSync(join(terminal.cache, leftover), "sk-on");
  assertEquals(
    await terminal.run(["clear"], { env: { OP_ITEM: "op://Work/other" } }),
    removed(terminal, `${second}.key`, `${second}.lock`),
  );
  assertEquals(await terminal.run(["get"], { env: { CLAUDE_DEBUG: "1" } }), {
    stdout: `${KEY}\n`,
    stderr: "claude-key: key loaded from cache\n",
    status: 0,
  });
  terminal.writeLocalEnv("");
  assertEquals(
    await terminal.run(["clear", "--all"]),
    removed(terminal, `${first}.key`, leftover, `${first}.lock`),
  );
});

Deno.test("clear removes what the current project remembers", async () => {
  using terminal = new Terminal();
  const env = { CLAUDE_KEY_PROJECT_FIELDS: "1", CLAUDE_PROJECT: "zebra" };
  await terminal.run(["get"], { env });
  const [first = "", second = ""] = terminal.cached;
  const endings = [first, second].map((name) => name.split(".")[1]).sort();
  assertEquals(endings, ["absent", "key"]);
  const { stdout, status } = await terminal.run(["clear"], { env });
  assertEquals([stdout.split("\n").length - 1, everything(terminal), status], [3, [], 0]);
});

Deno.test("clear --all removes nothing of other programs", async () => {
  using terminal = new Terminal();
  Deno.mkdirSync(join(terminal.cache, "folder"), { recursive: true });
  const foreign = [
    "0123456789abcdef.key",
    "Litellm-0123456789ABCDEF.key",
    "a b-0123456789abcdef.key",
    "litellm-0123456789abcdef.key.bak",
    "litellm-0123456789abcdef.key.tmp",
    "litellm-0123456789abcdef.key.tmp.x.1",
    "litellm-0123456789abcdef.lock.tmp.1.1",
    "litellm-0123456789abcdef0.key",
    "litellm.key",
    "mcp.absent",
    "server.lock",
    `${"x".repeat(41)}-0123456789abcdef.key`,
    ...(NO_ODD_FILES ? [] : ["old\nlitellm-0123456789abcdef.key"]),
  ];
  for (const name of foreign) Deno.writeTextFileSync(join(terminal.cache, name), "not ours\n");
  assertEquals(await terminal.run(["clear", "--all"]), nothing(terminal));
  assertEquals(everything(terminal), [...foreign, "folder"].sort());
});

Deno.test("clear removes a link and not what it leads to", { ignore: NO_LINKS }, async () => {
  using terminal = new Terminal();
  const entry = await cacheOne(terminal);
  const target = join(terminal.home, "precious");
  Deno.writeTextFileSync(target, "x");
  // That somebody has what it leads to says nothing of the link.
  using held = Deno.openSync(target, { read: true, write: true });
  await within("the lock is free", held.lock(true));
  for (const ending of ["key", "lock"]) {
    const path = join(terminal.cache, `${entry}.${ending}`);
    Deno.removeSync(path);
    Deno.symlinkSync(target, path);
  }
  assertEquals(await terminal.run(["clear"]), removed(terminal, `${entry}.key`, `${entry}.lock`));
  assertEquals([everything(terminal), Deno.readTextFileSync(target)], [[], "x"]);
});

Deno.test("clear leaves a lock that another process holds", async () => {
  using terminal = new Terminal();
  const entry = await cacheOne(terminal);
  const path = join(terminal.cache, `${entry}.lock`);
  using lock = Deno.openSync(path, { read: true, write: true });
  await within("the lock is free", lock.lock(true));
  assertEquals(await terminal.run(["clear"]), {
    stdout: terminal.shown(
      `removed ~/.cache/claude/${entry}.key\n` +
        `left ~/.cache/claude/${entry}.lock, as 1Password is being asked\n`,
    ),
    stderr: "",
    status: 0,
  });
  assertEquals(everything(terminal), [`${entry}.lock`]);
});

Deno.test(
  "clear goes on when something cannot be removed, and fails at the end",
  async () => {
    using terminal = new Terminal();
    const entry = await cacheOne(terminal);
    const path = join(terminal.cache, `${entry}.key`);
    Deno.removeSync(path);
    Deno.mkdirSync(path);
    assertEquals(await terminal.run(["clear"]), {
      stdout: terminal.shown(`removed ~/.cache/claude/${entry}.lock\n`),
      stderr: terminal.shown(
        `claude-key: error: "~/.cache/claude/${entry}.key" is a folder\n` +
          `claude-key: hint: see what is in the way: ${listFolderCommand("~/.cache/claude")}\n`,
      ),
      status: 1,
    });
  },
);

Deno.test("clear without a configuration does not guess", async () => {
  using terminal = new Terminal();
  const entry = await cacheOne(terminal);
  terminal.writeLocalEnv("OP_ITEM=nonsense\n");
  for (const args of [["clear"], ["clear", "extra"]]) {
    const { stdout, status } = await terminal.run(args);
    assertEquals([stdout, status], ["", 2]);
  }
  terminal.writeLocalEnv(LOCAL_ENV);
  assertEquals(everything(terminal), [`${entry}.key`, `${entry}.lock`]);
});

Deno.test("clear ends able to reach its cache folder and nothing else", async () => {
  using terminal = new Terminal();
  await terminal.run(["get"]);
  assertEquals(await abilitiesAfter(terminal, ["clear"]), [
    "write in the cache",
    "read in the cache",
    "remove in the cache",
  ]);
});

Deno.test("clear --all names the keys of the scripts before claude-key, and how to remove them", {
  ignore: Deno.build.os === "windows",
}, async () => {
  using terminal = new Terminal();
  await terminal.run(["get"]);
  const old = join(terminal.cache, "backend-api.key");
  Deno.writeTextFileSync(old, "sk-old");
  Deno.writeTextFileSync(join(terminal.cache, "server.key"), "-----BEGIN KEY-----\nMII\n");
  Deno.writeTextFileSync(join(terminal.cache, "notes.txt"), "sk-old");
  const { stdout, stderr, status } = await terminal.run(["clear", "--all"]);
  assertEquals(stdout.split("\n").filter((line) => !line.startsWith("removed ")), [
    "left ~/.cache/claude/backend-api.key, a key in plain text of the scripts before claude-key",
    "    to remove it, type: rm ~/.cache/claude/backend-api.key",
    "",
  ]);
  assertEquals([stderr, status], ["", 0]);
  assertEquals(terminal.cached, ["backend-api.key", "notes.txt", "server.key"]);
  assertEquals((await terminal.run(["clear"])).stdout.includes("backend-api"), false);
});

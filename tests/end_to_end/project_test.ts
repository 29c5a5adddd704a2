import { assertEquals } from "@std/assert";
import { join } from "../support/join.ts";
import { KEY, LOCAL_ENV, type Run, Terminal, withoutPrivilege } from "../support/terminal.ts";
import { program } from "../support/program.ts";
import { NO_ODD_FILES, testOfUnix } from "../support/skips.ts";
import { ignoresPermissions, lacks } from "../support/tools.ts";

const test = testOfUnix("modes and odd folders of projects");

const WITH_FIELDS = `${LOCAL_ENV}CLAUDE_KEY_PROJECT_FIELDS=1\n`;
const DEFAULT_READ = "read op://Work/litellm/API Key";

function printed(key: string): Run {
  return { stdout: `${key}\n`, stderr: "", status: 0 };
}

/** Makes a folder below the home. */
function folder(terminal: Terminal, ...parts: string[]): string {
  const path = join(terminal.home, ...parts);
  Deno.mkdirSync(path, { recursive: true });
  return path;
}

/** Makes a repository whose origin is at this URL. */
function repository(terminal: Terminal, name: string, url: string): string {
  const path = folder(terminal, name);
  Deno.mkdirSync(join(path, ".git"));
  Deno.writeTextFileSync(
    join(path, ".git", "config"),
    `[core]\n\tbare = false\n[remote "upstream"]\n\turl = https://x/no/no.git\n` +
      `[remote "origin"]\n\turl = ${url}\n\tfetch = +refs/heads/*\n[branch "main"]\n\tremote = origin\n`,
  );
  return path;
}

/** The field that claude-key tries for a project in this folder, or with this setting. */
async function projectField(terminal: Terminal, cwd: string, env = {}): Promise<string> {
  const before = terminal.calls.length;
  await terminal.run(["get", "--ttl", "0"], { cwd, env });
  return (terminal.calls[before] ?? "").replace("read op://Work/litellm/", "");
}

Deno.test("a project's own field is tried first, and then cached like any key", async () => {
  using terminal = new Terminal(WITH_FIELDS);
  terminal.setField("Work/litellm/shop", "sk-shop\n");
  const cwd = repository(terminal, "checkout", "git@github.com:acme/shop.git");
  assertEquals(await terminal.run(["get"], { cwd }), printed("sk-shop"));
  assertEquals(await terminal.run(["get"], { cwd }), printed("sk-shop"));
  assertEquals(terminal.calls, ["read op://Work/litellm/shop"]);
});

Deno.test("a project that is called as the field has no other field", async () => {
  using terminal = new Terminal(`${WITH_FIELDS}OP_FIELD=shop\n`);
  const env = { CLAUDE_PROJECT: "shop", CLAUDE_KEY_TTL: "0" };
  assertEquals((await terminal.run(["get"], { env })).status, 5);
  terminal.setField("Work/litellm/shop", "sk-shop\n");
  const cached = { env: { CLAUDE_PROJECT: "shop" } };
  assertEquals(await terminal.run(["get"], cached), printed("sk-shop"));
  assertEquals(await terminal.run(["get"], cached), printed("sk-shop"));
  assertEquals(terminal.calls, Array(2).fill("read op://Work/litellm/shop"));
  const { stdout, status } = await terminal.run(["status", "--json"], cached);
  assertEquals([JSON.parse(stdout).entries.length, status], [1, 0]);
});

test("a project's key that is gone is not served again, whatever cannot be removed", {
  ignore: ignoresPermissions(),
}, async () => {
  using terminal = new Terminal(WITH_FIELDS);
  terminal.setField("Work/litellm/one", "sk-own\n");
  const options = { cwd: folder(terminal, "one"), under: withoutPrivilege() };
  assertEquals(await terminal.run(["get"], options), printed("sk-own"));
  Deno.removeSync(join(terminal.bin, "vault", "Work", "litellm", "one"));
  Deno.chmodSync(terminal.cache, 0o500);
  for (const args of [["get", "--refresh"], ["get"]]) {
    const { stdout, status } = await terminal.run(args, options);
    assertEquals([stdout, status], [`${KEY}\n`, 0]);
  }
  Deno.chmodSync(terminal.cache, 0o700);
});

test("a field that a project has got is not missed again, though it cannot be cached", {
  ignore: ignoresPermissions(),
}, async () => {
  using terminal = new Terminal(WITH_FIELDS);
  const options = { cwd: folder(terminal, "one"), under: withoutPrivilege() };
  assertEquals(await terminal.run(["get"], options), printed(KEY));
  terminal.setField("Work/litellm/one", "sk-own\n");
  Deno.chmodSync(terminal.cache, 0o500);
  for (const args of [["get", "--refresh"], ["get"]]) {
    const { stdout, status } = await terminal.run(args, options);
    assertEquals([stdout, status], ["sk-own\n", 0]);
  }
  Deno.chmodSync(terminal.cache, 0o700);
});

Deno.test("a refresh is not content with a field that was missed before it", async () => {
  using terminal = new Terminal(WITH_FIELDS);
  const options = { cwd: folder(terminal, "one") };
  assertEquals(await terminal.run(["get"], options), printed(KEY));
  terminal.setField("Work/litellm/one", "sk-own\n");
  // Somebody else has just asked for the common key.
  const soon = new Date(Date.now() + 400);
  for (const name of terminal.cached.filter((name) => name.endsWith(".key"))) {
    Deno.utimeSync(join(terminal.cache, name), soon, soon);
  }
  assertEquals(await terminal.run(["get", "--refresh"], options), printed("sk-own"));
});

Deno.test("that a project has no field is remembered, and the default key serves them all", async () => {
  using terminal = new Terminal(WITH_FIELDS);
  const [one, two] = [folder(terminal, "one"), folder(terminal, "two")];
  for (const cwd of [one, two, one, two]) {
    assertEquals(await terminal.run(["get"], { cwd }), printed(KEY));
  }
  assertEquals(terminal.calls, [
    "read op://Work/litellm/one",
    DEFAULT_READ,
    "read op://Work/litellm/two",
  ]);
  assertEquals(terminal.cached.map((name) => name.replace(/^.*\./, "")).sort(), [
    "absent",
    "absent",
    "key",
  ]);
});

Deno.test("a project that is known to have no field is not asked about with the default key", async () => {
  using terminal = new Terminal(WITH_FIELDS);
  const cwd = folder(terminal, "one");
  await terminal.run(["get"], { cwd });
  for (const name of terminal.cached.filter((name) => name.endsWith(".key"))) {
    Deno.removeSync(join(terminal.cache, name));
  }
  assertEquals(await terminal.run(["get"], { cwd }), printed(KEY));
  assertEquals(terminal.calls, ["read op://Work/litellm/one", DEFAULT_READ, DEFAULT_READ]);
});

Deno.test("what is remembered of a project expires like a key", async () => {
  using terminal = new Terminal(WITH_FIELDS);
  const cwd = folder(terminal, "one");
  await terminal.run(["get"], { cwd });
  terminal.setField("Work/litellm/one", "sk-new\n");
  assertEquals(await terminal.run(["get"], { cwd }), printed(KEY));
  const old = new Date(Date.now() - 13 * 3_600_000);
  for (const name of terminal.cached.filter((name) => name.endsWith(".absent"))) {
    Deno.utimeSync(join(terminal.cache, name), old, old);
  }
  assertEquals(await terminal.run(["get"], { cwd }), printed("sk-new"));
  assertEquals(terminal.cached.some((name) => name.endsWith(".absent")), false);
});

Deno.test("--refresh finds a field that a project has got, or lost, since", async () => {
  using terminal = new Terminal(WITH_FIELDS);
  const cwd = folder(terminal, "one");
  await terminal.run(["get"], { cwd });
  terminal.setField("Work/litellm/one", "sk-own\n");
  assertEquals(await terminal.run(["get", "--refresh"], { cwd }), printed("sk-own"));
  Deno.removeSync(join(terminal.bin, "vault", "Work", "litellm", "one"));
  assertEquals(await terminal.run(["get", "--refresh"], { cwd }), printed(KEY));
  assertEquals(await terminal.run(["get"], { cwd }), printed(KEY));
  // A refresh is not content with what is cached of the default field either.
  terminal.setField("Work/litellm/API Key", "sk-rotated\n");
  assertEquals(await terminal.run(["get"], { cwd }), printed(KEY));
  assertEquals(await terminal.run(["get", "--refresh"], { cwd }), printed("sk-rotated"));
});

Deno.test("a failure of the project's field that is no missing field is a failure", async () => {
  using terminal = new Terminal(WITH_FIELDS);
  terminal.failWith("[ERROR] 2026/01/31 12:00:00 authorization prompt dismissed, please try again");
  assertEquals(await terminal.run(["get"], { cwd: folder(terminal, "one") }), {
    stdout: "",
    stderr: "claude-key: error: the approval in 1Password was refused\n" +
      "claude-key: hint: run the same command again and approve it\n",
    status: 4,
  });
  assertEquals(terminal.calls.length, 1);
});

Deno.test("a project is named after its origin, its repository's folder, or the current folder", async () => {
  using terminal = new Terminal(WITH_FIELDS);
  for (
    const [url, name] of [
      ["https://github.com/acme/shop.git", "shop"],
      ["https://me:secret@github.com/acme/shop", "shop"],
      ["ssh://git@github.com:22/acme/shop.git/", "shop"],
      ["git@github.com:shop.git", "shop"],
      ["/srv/git/shop.git", "shop"],
      ['"https://github.com/acme/shop.git"', "shop"],
      ["https://github.com/acme/müll shop.git", "mllshop"],
    ] as const
  ) {
    const cwd = repository(terminal, "checkout", url);
    assertEquals([url, await projectField(terminal, folder(terminal, "checkout", "src"))], [
      url,
      name,
    ]);
    Deno.removeSync(cwd, { recursive: true });
  }
  const noOrigin = folder(terminal, "no-origin");
  Deno.mkdirSync(join(noOrigin, ".git"));
  assertEquals(await projectField(terminal, folder(terminal, "no-origin", "deep")), "no-origin");
  assertEquals(await projectField(terminal, folder(terminal, "plain folder")), "plainfolder");
  if (!NO_ODD_FILES) {
    assertEquals(await projectField(terminal, folder(terminal, "back\\slash")), "backslash");
  }
});

Deno.test("a hostile origin makes neither the headers nor the reference too long", async () => {
  using terminal = new Terminal(`${WITH_FIELDS}CLAUDE_KEY_REPO_HEADER=1\n`);
  const long = "x".repeat(200_000);
  for (const url of [`https://host/acme/${long}`, `https://host/${long}/${long}.git`, long]) {
    const cwd = repository(terminal, "checkout", url);
    assertEquals(await projectField(terminal, cwd), "unnamed");
    const { stdout, stderr, status } = await terminal.run(["env"], { cwd });
    assertEquals([stdout.length < 1_000, stderr, status], [true, "", 0]);
    Deno.removeSync(cwd, { recursive: true });
  }
});

Deno.test("a worktree and a submodule have the name of their repository", async () => {
  using terminal = new Terminal(WITH_FIELDS);
  const main = repository(terminal, "checkout", "git@github.com:acme/shop.git");
  const gitFolder = join(main, ".git", "worktrees", "fix");
  Deno.mkdirSync(gitFolder, { recursive: true });
  const worktree = folder(terminal, "fix");
  Deno.writeTextFileSync(join(worktree, ".git"), `gitdir: ${gitFolder}\n`);
  for (const common of ["../..", join(main, ".git")]) {
    Deno.writeTextFileSync(join(gitFolder, "commondir"), `${common}\n`);
    assertEquals(await projectField(terminal, worktree), "shop");
  }

  const modules = join(main, ".git", "modules", "lib");
  Deno.mkdirSync(modules, { recursive: true });
  Deno.writeTextFileSync(join(modules, "config"), '[remote "origin"]\n\turl = ../library.git\n');
  const submodule = folder(terminal, "checkout", "lib");
  Deno.writeTextFileSync(join(submodule, ".git"), "gitdir: ../.git/modules/lib\n");
  assertEquals(await projectField(terminal, submodule), "library");
  // The path in `.git` goes from its own folder, wherever below it somebody is.
  const below = folder(terminal, "checkout", "lib", "src");
  assertEquals(await projectField(terminal, below), "library");
});

Deno.test("a corrupt .git costs the name of the origin and nothing else", async () => {
  using terminal = new Terminal(WITH_FIELDS);
  for (
    const [name, spoil] of [
      ["a file of nonsense", (git: string) => Deno.writeTextFileSync(git, "\0\xff nonsense")],
      ["a file that leads nowhere", (git: string) => Deno.writeTextFileSync(git, "gitdir: /no\n")],
      ["a folder without a configuration", (git: string) => Deno.mkdirSync(git)],
      ["a configuration of nonsense", (git: string) => {
        Deno.mkdirSync(git);
        Deno.writeTextFileSync(join(git, "config"), '[[[remote "origin"\nurl\n=\n\0\xff]');
      }],
      ["a configuration that is a folder", (git: string) => {
        Deno.mkdirSync(join(git, "config"), { recursive: true });
      }],
      ["a configuration without an end", (git: string) => {
        Deno.mkdirSync(git);
        const origin = '[remote "origin"]\nurl = https://host/acme/shop\n';
        Deno.writeTextFileSync(join(git, "config"), origin + "#".repeat(1024 * 1024));
      }],
      ...(lacks("mkfifo") ? [] : [
        ["a configuration that is a pipe", (git: string) => {
          Deno.mkdirSync(git);
          new Deno.Command("mkfifo", { args: [join(git, "config")] }).outputSync();
        }] as const,
      ]),
    ] as const
  ) {
    const cwd = folder(terminal, "spoilt");
    spoil(join(cwd, ".git"));
    assertEquals([name, await projectField(terminal, cwd)], [name, "spoilt"]);
    Deno.removeSync(cwd, { recursive: true });
  }
});

test({
  name: "a current folder that cannot be read still has a name",
  ignore: ignoresPermissions(),
  fn: async () => {
    using terminal = new Terminal(WITH_FIELDS);
    const cwd = folder(terminal, "unreadable");
    // Only root could enter it afterwards.
    const close = ["sh", "-c", 'chmod 0 . && exec "$0" "$@"'];
    await terminal.run(["get"], { cwd, under: [...close, ...withoutPrivilege()] });
    Deno.chmodSync(cwd, 0o700);
    assertEquals(terminal.calls[0], "read op://Work/litellm/unreadable");
  },
});

test({
  name: "a current folder that has been deleted has no name",
  ignore: NO_ODD_FILES,
  fn: async () => {
    using terminal = new Terminal(WITH_FIELDS);
    const probe = program(new URL("../support/probes/deleted_folder.ts", import.meta.url));
    const cwd = folder(terminal, "deleted");
    assertEquals(await terminal.run([], { cwd, program: probe }), {
      stdout: '{"name":"unnamed"}',
      stderr: "",
      status: 0,
    });
  },
});

Deno.test("CLAUDE_PROJECT overrides, and is made safe", async () => {
  using terminal = new Terminal(WITH_FIELDS);
  const cwd = repository(terminal, "checkout", "git@github.com:acme/shop.git");
  for (
    const [given, name] of [
      ["other", "other"],
      ["...", "unnamed"],
      ["../../etc", "etc"],
      ["日本", "unnamed"],
      ["p".repeat(255), "p".repeat(255)],
      ["p".repeat(300), "unnamed"],
    ] as const
  ) {
    assertEquals(await projectField(terminal, cwd, { CLAUDE_PROJECT: given }), name);
  }
});

Deno.test("the name of a file in the cache has a limit, whatever the item is called", async () => {
  const item = "i".repeat(100);
  using terminal = new Terminal(`OP_ITEM="op://Work/..${item} x"\n`);
  terminal.perform({ stdout: "sk-long\n" });
  assertEquals(await terminal.run(["get"]), printed("sk-long"));
  assertEquals(terminal.cached.map((name) => name.replace(/[0-9a-f]{16}/, "ID")), [
    `-${"i".repeat(39)}-ID.key`,
  ]);
});

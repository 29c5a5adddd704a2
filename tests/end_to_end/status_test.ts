import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "../support/join.ts";
import { abilitiesAfter } from "../support/confined.ts";
import { NO_MODES } from "../support/skips.ts";
import { KEY, Terminal } from "../support/terminal.ts";

const UTC = { env: { TZ: "UTC" } };
/** The cures are commands of a POSIX shell. */
const UNIX_ONLY = { ignore: Deno.build.os === "windows" };

const SETTINGS = `\
OP_ITEM               op://Work/litellm  ~/.config/claude/local.env, line 1
OP_FIELD              API Key            default
OP_ACCOUNT            not set
LITELLM_BASE_URL      not set
CLAUDE_KEY_TTL        12h                default
CLAUDE_KEY_CACHE_DIR  ~/.cache/claude    default
`;
const MODE = NO_MODES ? "-   " : "0600";

/** Makes a file two hours old, and tells how `status` writes that. */
function age(path: string): string {
  const since = new Date(Date.now() - (2 * 60 * 60 + 2) * 1000);
  Deno.utimeSync(path, since, since);
  return since.toISOString().slice(0, 16).replace("T", " ");
}

function nothingBut(terminal: Terminal, state: string): string {
  return `${terminal.shownTable(SETTINGS)}
key                        cached since  time left  size  mode  state
op://Work/litellm/API Key  -             -          -     -     ${state}
`;
}

Deno.test(
  "status before the first run shows the settings, and ends with 1",
  async () => {
    using terminal = new Terminal();
    assertEquals(await terminal.run(["status"], UTC), {
      stdout: nothingBut(terminal, "no cached key"),
      stderr: "",
      status: 1,
    });
    assertEquals(terminal.calls, []);
  },
);

Deno.test("status shows since when a key is cached and how long it serves", async () => {
  using terminal = new Terminal();
  await terminal.run(["get"]);
  const since = age(terminal.keyFile);
  assertEquals(await terminal.run(["status"], UTC), {
    stdout: `${terminal.shownTable(SETTINGS)}
key                        cached since      time left   size      mode  state
op://Work/litellm/API Key  ${since}  9 h 59 min  12 bytes  ${MODE}  usable
`,
    stderr: "",
    status: 0,
  });
});

Deno.test("status names the guard's reason when a key does not serve", async () => {
  using terminal = new Terminal();
  await terminal.run(["get"]);
  const overwrite = (text: string): void => Deno.writeTextFileSync(terminal.keyFile, text);
  const cases: [string, string, () => void][] = [
    [`12 bytes  ${MODE}`, "cache expired", () => Deno.utimeSync(terminal.keyFile, 0, 0)],
    [`0 bytes  ${MODE}`, "cache file empty", () => overwrite("")],
    [`4 bytes  ${MODE}`, "cache file cut short", () => overwrite("sk-o")],
    [`7 bytes  ${MODE}`, "cache file damaged", () => overwrite("sk\x1bone\n")],
  ];
  if (!NO_MODES) {
    cases.push(["12 bytes  0644", "readable by others", () => {
      overwrite(`${KEY}\n`);
      Deno.chmodSync(terminal.keyFile, 0o644);
    }]);
  }
  for (const [facts, reason, damage] of cases) {
    damage();
    const { stdout, stderr, status } = await terminal.run(["status"], UTC);
    const row = stdout.trimEnd().split("\n").at(-1) ?? "";
    const ending = row.slice(-`${facts}  ${reason}`.length);
    assertEquals([ending, stderr, status], [`${facts}  ${reason}`, "", 1]);
  }
});

Deno.test(
  "status says of each setting which flag, variable or line it comes from",
  async () => {
    using terminal = new Terminal(
      '# mine\nOP_ITEM="op://Work/litellm/API Key"\nOP_FIELD=x\n\nCLAUDE_KEY_TIMEOUT=30s\n',
    );
    const env = {
      ...UTC.env,
      OP_ACCOUNT: "team\x1b[31m",
      OP_SERVICE_ACCOUNT_TOKEN: "ops_secret",
      LITELLM_BASE_URL: "https://ada:secret@litellm",
      CLAUDE_KEY_CACHE_DIR: join(terminal.home, "elsewhere"),
    };
    const { stdout, stderr, status } = await terminal.run(["status"], { env });
    const [settings] = stdout.split("\n\n");
    assertEquals({ settings, stderr, status }, {
      settings: terminal.shownTable(`\
OP_ITEM               op://Work/litellm/API Key  ~/.config/claude/local.env, line 2
OP_FIELD              x                          ~/.config/claude/local.env, line 3 (unused: OP_ITEM names the field)
OP_ACCOUNT            team\\x1b[31m               environment (unused: a service account token is set)
LITELLM_BASE_URL      https://litellm            environment
CLAUDE_KEY_TTL        12h                        default
CLAUDE_KEY_TIMEOUT    30s                        ~/.config/claude/local.env, line 5
CLAUDE_KEY_CACHE_DIR  ~/elsewhere                environment`).trimEnd(),
      stderr: "",
      status: 1,
    });
  },
);

const IDLE = `\
OP_ITEM=op://Work/litellm
export ANTHROPIC_MODEL=opus
ANTHROPIC_BASE_URL=https://other
LITELLM_BASE_URL=https://gw.example.com
CLAUDE_MODEL=opus
OP_SERVICE_ACCOUNT_TOKEN=ops_secret
NODE_EXTRA_CA_CERTS=/ca.pem
OP_ACCOUNT=
CLAUDE_KEY_TTTL=1h
PATH=/x
ANTHROPIC_AUTH_TOKEN=sk-old
CLAUDE_CODE_A=1
CLAUDE_CODE_A=2
OP_FIELD=Token
ANTHROPIC_CUSTOM_HEADERS='x: 1'
export AWS_REGION=eu
`;

Deno.test("status names every line that has no effect, and why", UNIX_ONLY, async () => {
  using terminal = new Terminal(IDLE);
  const env = {
    ...UTC.env,
    ANTHROPIC_MODEL: "sonnet",
    OP_FIELD: "API Key",
    ANTHROPIC_CUSTOM_HEADERS: "x: 1\nx-github-repo: acme/shop",
  };
  const { stdout, stderr, status } = await terminal.run(["status"], { env });
  const place = "~/.config/claude/local.env, line";
  assertEquals([stdout.split("\n\n")[1], stderr, status], [
    `\
lines without effect
ANTHROPIC_MODEL           ${place} 2   overridden by the environment: unset ANTHROPIC_MODEL
ANTHROPIC_BASE_URL        ${place} 3   LITELLM_BASE_URL names the gateway: remove one of the two
CLAUDE_MODEL              ${place} 5   a name of the old scripts: write ANTHROPIC_MODEL
OP_SERVICE_ACCOUNT_TOKEN  ${place} 6   read from the environment only: remove it, and export OP_SERVICE_ACCOUNT_TOKEN in your shell
NODE_EXTRA_CA_CERTS       ${place} 7   not handed on without export: write export NODE_EXTRA_CA_CERTS=…
OP_ACCOUNT                ${place} 8   empty: give it a value, or remove it
CLAUDE_KEY_TTTL           ${place} 9   no setting of claude-key: write CLAUDE_KEY_TTL
PATH                      ${place} 10  not handed on, as it can make programs run something: remove it, and set PATH in the start-up file of your shell
ANTHROPIC_AUTH_TOKEN      ${place} 11  the key takes its place: remove it
CLAUDE_CODE_A             ${place} 12  set again in line 13: remove line 12
OP_FIELD                  ${place} 14  overridden by the environment: unset OP_FIELD`,
    "",
    1,
  ]);
  assertEquals(stdout.includes("ops_secret") || stdout.includes("sk-old"), false);
  const { idleLines } = JSON.parse((await terminal.run(["status", "--json"], { env })).stdout);
  assertEquals([idleLines.length, idleLines[0]], [11, {
    name: "ANTHROPIC_MODEL",
    line: 2,
    reason: "overridden by the environment",
    cure: "unset ANTHROPIC_MODEL",
    file: terminal.localEnv,
  }]);
});

Deno.test("after an evaluation the lines that it took have their effect", UNIX_ONLY, async () => {
  using terminal = new Terminal(
    "OP_ITEM=op://Work/litellm\nANTHROPIC_MODEL=opus\nCLAUDE_KEY_REPO_HEADER=1\n" +
      "ANTHROPIC_CUSTOM_HEADERS='x: 1'\n",
  );
  const { stdout } = await terminal.run(["env", "--format", "json"]);
  const env = JSON.parse(stdout);
  assertEquals((await terminal.run(["status"], { env })).stdout.includes("without effect"), false);
  terminal.writeLocalEnv(Deno.readTextFileSync(terminal.localEnv).replace("opus", "sonnet"));
  assertStringIncludes(
    (await terminal.run(["status"], { env })).stdout,
    "line 2  overridden by the environment: unset ANTHROPIC_MODEL\n",
  );
});

Deno.test("status shows the project's own entry and the one for everybody", async () => {
  using terminal = new Terminal();
  const env = { ...UTC.env, CLAUDE_KEY_PROJECT_FIELDS: "1", CLAUDE_PROJECT: "zebra" };
  await terminal.run(["get"], { env });
  const since = terminal.cached.map((name) => age(join(terminal.cache, name)))[0];
  const { stdout, stderr, status } = await terminal.run(["status"], { env });
  assertEquals({ entries: stdout.split("\n\n")[1], stderr, status }, {
    entries: `\
key                        cached since      time left   size      mode  state
op://Work/litellm/zebra    ${since}  9 h 59 min  0 bytes   ${MODE}  no such field
op://Work/litellm/API Key  ${since}  9 h 59 min  12 bytes  ${MODE}  usable
`,
    stderr: "",
    status: 0,
  });
});

Deno.test("status --all shows every entry, without a configuration too", async () => {
  using terminal = new Terminal();
  await terminal.run(["get"]);
  const file = terminal.cached[0] ?? "";
  Deno.writeTextFileSync(join(terminal.cache, "server.key"), "not ours\n");
  terminal.writeLocalEnv("");
  const since = age(join(terminal.cache, file));
  assertEquals(await terminal.run(["status", "--all"], UTC), {
    stdout: `${
      terminal.shownTable(`\
OP_ITEM               not set
OP_FIELD              API Key          default
OP_ACCOUNT            not set
LITELLM_BASE_URL      not set
CLAUDE_KEY_TTL        12h              default
CLAUDE_KEY_CACHE_DIR  ~/.cache/claude  default
`)
    }
key                           cached since      time left   size      mode  state
${file}  ${since}  9 h 59 min  12 bytes  ${MODE}  usable
`,
    stderr: "",
    status: 0,
  });
});

Deno.test("status --all shows what is configured by its reference, and what else there is", async () => {
  using terminal = new Terminal();
  await terminal.run(["get"]);
  const other = "other-0123456789abcdef.key";
  Deno.writeTextFileSync(join(terminal.cache, other), "sk-two\n", { mode: 0o600 });
  const names = async (...args: string[]): Promise<string[]> => {
    const { stdout, stderr, status } = await terminal.run(["status", ...args], UTC);
    assertEquals([stderr, status], ["", 0]);
    const [, ...rows] = (stdout.split("\n\n")[1] ?? "").trimEnd().split("\n");
    return rows.map((row) => row.split("  ")[0] ?? "");
  };
  assertEquals(await names(), ["op://Work/litellm/API Key"]);
  assertEquals(await names("--all"), ["op://Work/litellm/API Key", other]);
});

Deno.test("status says which project it is, where that matters", async () => {
  using terminal = new Terminal();
  const project = async (env: Record<string, string>): Promise<string | undefined> => {
    const { stdout } = await terminal.run(["status"], { env });
    return /^CLAUDE_PROJECT .*/m.exec(stdout)?.[0].replace(/ {2,}/g, "  ");
  };
  assertEquals(await project({}), undefined);
  for (const name of ["CLAUDE_KEY_PROJECT_FIELDS", "CLAUDE_KEY_REPO_HEADER"]) {
    assertEquals(await project({ [name]: "1" }), "CLAUDE_PROJECT  home  default");
  }
});

Deno.test("status --all without anything ends with 1", async () => {
  using terminal = new Terminal("");
  const { stdout, stderr, status } = await terminal.run(["status", "--all"]);
  assertEquals([stdout.split("\n\n")[1], stderr, status], ["no key is cached\n", "", 1]);
});

Deno.test("status --json has a stable shape", async () => {
  using terminal = new Terminal();
  await terminal.run(["get"]);
  const since = new Date(Date.now() - 60_000);
  Deno.utimeSync(terminal.keyFile, since, since);
  const { stdout, stderr, status } = await terminal.run(["status", "--json"]);
  const { settings, entries: [{ secondsLeft, ...entry }, ...others], ...rest } = JSON.parse(stdout);
  assertEquals({ rest, entry, others, stderr, status }, {
    rest: { version: 1, usable: true, cacheFolder: terminal.cache, idleLines: [] },
    entry: {
      reference: "op://Work/litellm/API Key",
      file: terminal.cached[0],
      state: "usable",
      cachedSince: since.toISOString(),
      size: 12,
      mode: NO_MODES ? null : "0600",
    },
    others: [],
    stderr: "",
    status: 0,
  });
  assertEquals(secondsLeft > 43_000 && secondsLeft <= 43_140, true);
  assertEquals(settings[0], {
    name: "OP_ITEM",
    value: "op://Work/litellm",
    source: "file",
    file: terminal.localEnv,
    line: 1,
  });
});

Deno.test("status never prints the key, in whatever form", async () => {
  using terminal = new Terminal();
  await terminal.run(["get"]);
  for (const args of [["status"], ["status", "--all"], ["status", "--json", "--all"]]) {
    const { stdout, stderr, status } = await terminal.run(args, { env: { CLAUDE_DEBUG: "1" } });
    assertEquals([(stdout + stderr).includes(KEY.slice(0, 5)), status], [false, 0]);
  }
});

Deno.test("status with the cache turned off says so", async () => {
  using terminal = new Terminal();
  await terminal.run(["get"]);
  // Not even a file that is from a moment that comes yet serves then.
  for (const time of [Date.now(), Date.now() + 60_000]) {
    Deno.utimeSync(terminal.keyFile, time / 1000, time / 1000);
    const { stdout, status } = await terminal.run(["status"], { env: { CLAUDE_KEY_TTL: "0" } });
    assertStringIncludes(stdout, "cache off\n");
    assertEquals(status, 1);
  }
});

Deno.test("status without a configuration is an error, not an empty table", async () => {
  using terminal = new Terminal("");
  const { stdout, stderr, status } = await terminal.run(["status"]);
  assertEquals([stdout, stderr.split("\n")[0], status], [
    "",
    "claude-key: error: OP_ITEM is not set, so there is no secret to read",
    2,
  ]);
});

Deno.test("status ends able to read its cache folder and nothing else", async () => {
  using terminal = new Terminal();
  await terminal.run(["get"]);
  assertEquals(await abilitiesAfter(terminal, ["status"]), ["read in the cache"]);
});

import { assert, assertEquals, assertMatch } from "@std/assert";
import { parseCommandLine } from "../../lib/command_line/arguments.ts";
import { readKey } from "../../lib/cache/read_entry.ts";
import { COMMANDS } from "../../lib/command_line/command_table.ts";
import { resolveConfiguration } from "../../lib/configuration/configuration.ts";
import { exportedVariables } from "../../lib/configuration/exported_variables.ts";
import { Failure } from "../../lib/failure/failure.ts";
import {
  type LocalEnvEntry,
  LocalEnvError,
  parseLocalEnv,
} from "../../lib/configuration/local_env.ts";
import { outputOf } from "../support/deadline.ts";
import { testOfUnix } from "../support/skips.ts";
import { join } from "../support/join.ts";
import { keyOf } from "../../lib/op/answer.ts";
import { understandFailure } from "../../lib/op/failure_words.ts";
import { originUrl } from "../../lib/configuration/git_configuration.ts";
import { projectName, repositoryPath } from "../../lib/configuration/project_name.ts";
import { Settings } from "../../lib/configuration/settings.ts";
import { loadDialect } from "../../lib/shells/dialects.ts";
import { figure, times } from "../support/figures.ts";
import { Random } from "../support/random_bytes.ts";
import { KEY, type Run, Terminal } from "../support/terminal.ts";
import { lacks } from "../support/tools.ts";

const test = testOfUnix("random bytes, in bash");

const SEED = Number(Deno.env.get("CLAUDE_KEY_SEED") ?? Date.now() % 1_000_000);
const ROUNDS = times(1_000, 20_000);
/** How many of the rounds go through the whole program. */
const RUNS = times(8, 200);

const REFERENCE = { vault: "Work", item: "litellm", field: "API Key" };
const VALUES = ["'", '"', "$HOME", "$(id)", "`id`", "\\", "!", "%PATH%", "é", "\u{1f511}"] as const;
const LINES = [
  "OP_ITEM=",
  '"op://Work/litellm"',
  "op://Work/litellm/API Key",
  "export ",
  "ANTHROPIC_MODEL=",
  "LITELLM_BASE_URL=https://litellm.example.com",
  "CLAUDE_KEY_TTL=12h",
  "CLAUDE_CODE_X='",
  "\n",
  "\r\n",
  "#",
  " ",
  "\ufeff",
  "\0",
  "=",
  "__proto__=1",
  ...VALUES,
] as const;
const ANSWERS = [
  "sk-one",
  "sk-one\n",
  "\n",
  "\n",
  "\r\n",
  "\0",
  "\u001b[0m",
  "\u0085",
  "\u2028",
  ...VALUES,
] as const;
const WORDS = ["[ERROR] 2026/01/31 12:00:00 ", "could not read secret 'op://", ...ANSWERS] as const;
const GIT = [
  '[remote "origin"]\n\turl = ',
  '[remote "origin"]\n\turl = ',
  "url = ",
  "https://github.com/acme/shop.git",
  "git@github.com:acme/shop",
  "..",
  "/",
  ":",
  "\n",
  "\t",
  "[",
  "]",
  ...VALUES,
] as const;
const ARGUMENTS = [
  "env",
  "get",
  "help",
  "--",
  "-",
  "--shell",
  "--shell=fish",
  "--format=json",
  "--ttl",
  "12h",
  "--refresh",
  "--no-refresh",
  "--var=",
  "--__proto__",
  "--constructor=x",
  "--toString",
  "--_=x",
  "--_",
  "-_",
  "-h",
  "=",
  ...VALUES,
] as const;

function seeded(name: string, work: (random: Random) => void | Promise<void>): void {
  test({
    name,
    ignore: lacks("bash"),
    fn: async () => {
      try {
        await work(new Random(SEED));
      } catch (error) {
        throw new Error(`with CLAUDE_KEY_SEED=${SEED}`, { cause: error });
      }
    },
  });
}

/** Calls something that may fail as claude-key fails, and in no other way. */
async function attempt<T>(deed: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await deed();
  } catch (error) {
    if (error instanceof LocalEnvError || error instanceof Failure) return undefined;
    throw error;
  }
}

/** What a real shell has in its variables after it has evaluated the statements. */
async function evaluated(
  cases: readonly (readonly [statements: string, names: readonly string[]])[],
): Promise<string[]> {
  const script = cases.map(([statements, names]) =>
    `${statements}\n${names.map((name) => `printf '%s\\0' "$${name}"`).join("\n")}\n`
  ).join("");
  const file = await Deno.makeTempFile();
  await Deno.writeTextFile(file, script);
  const { stdout, stderr, success } = await outputOf("bash", {
    args: ["--norc", file],
    clearEnv: true,
    env: { LC_ALL: "C.UTF-8", PATH: Deno.env.get("PATH") ?? "" },
  });
  await Deno.remove(file);
  assertEquals([success, new TextDecoder().decode(stderr)], [true, ""]);
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(stdout)
    .split("\0").slice(0, -1);
}

/** Lines that look like assignments. */
function lines(random: Random): string {
  return Array.from({ length: random.below(4) }, () => {
    const quote = random.oneOf(["", "'", '"']);
    const value = random.text(["sonnet", " ", "#", ...VALUES]);
    return `ANTHROPIC_${random.oneOf(["MODEL", "X", "Y"])}=${quote}${value}${quote}`;
  }).join("\n");
}

/** What is a key as often as not. */
function printed(random: Random): Uint8Array<ArrayBuffer> {
  if (random.below(2) === 0) return random.bytes(ANSWERS);
  return new TextEncoder().encode(`${random.text(["sk-", ...VALUES])}\n`);
}

/** No trace of a crash, no half of an answer. */
function assertOrderly({ stdout, stderr, status }: Run): void {
  assertEquals(/unexpected:|^\s+at .*:\d+|panicked/m.test(stderr), false, stderr);
  assertEquals([0, 1, 2, 5].includes(status), true, `status ${status}: ${stderr}`);
  if (status !== 0) assertMatch(stdout, /^(?:false\n)?$/);
  if (status !== 0) assertMatch(stderr, /(?:^|\n)claude-key: error: /);
}

seeded("random bytes as local.env are assignments as written, or an error", async (random) => {
  const posix = await loadDialect("posix");
  const written: [string, string[]][] = [];
  const expected: string[] = [];
  let accepted = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const text = random.below(2) === 0 ? random.text(LINES) : lines(random);
    const entries = await attempt(() => parseLocalEnv(text));
    if (entries === undefined) continue;
    accepted++;
    const plain = text.replaceAll("\r\n", "\n");
    for (const { value } of entries.values()) assertEquals(plain.includes(value), true, text);
    const variables = await attempt(() => exported(entries));
    if (variables === undefined) continue;
    written.push([posix.render(variables), [...variables.keys()]]);
    expected.push(...variables.values());
  }
  assertEquals(await evaluated(written), expected);
  assert(expected.length > 0, "without any, nothing would have been shown");
  figure("random local.env", { texts: ROUNDS, accepted, "values evaluated": expected.length });
});

async function exported(
  entries: ReadonlyMap<string, LocalEnvEntry>,
): Promise<Map<string, string>> {
  const path = "/home/me/.config/claude/local.env";
  const settings = new Settings({}, () => undefined, { path, shownPath: path, entries });
  await attempt(() => resolveConfiguration(settings, "shop"));
  return exportedVariables(settings, { name: "shop" });
}

seeded("random bytes as cache file are the key that they hold, or a miss", (random) => {
  const folder = Deno.makeTempDirSync();
  const path = join(folder, "random.key");
  let hits = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const bytes = printed(random);
    Deno.writeFileSync(path, bytes, { mode: 0o600 });
    const answer = readKey(path, { ttl: 43_200, now: Date.now(), uid: Deno.uid() });
    if ("miss" in answer) continue;
    hits++;
    assertEquals(new TextEncoder().encode(`${answer.key}\n`), bytes);
    assertEquals(/^\P{Cc}+$/u.test(answer.key), true);
  }
  Deno.removeSync(folder, { recursive: true });
  assert(hits > 0, "without any, nothing would have been shown");
  figure("random cache file", { files: ROUNDS, hits });
});

seeded("random bytes from op are the key that a shell gets, or an error", async (random) => {
  const posix = await loadDialect("posix");
  const written: [string, string[]][] = [];
  const expected: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const bytes = printed(random);
    const key = (await attempt(() => keyOf(bytes, REFERENCE)))?.key;
    understandFailure(random.text(WORDS), { reference: REFERENCE, command: ["read"] });
    if (key === undefined) continue;
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    assertEquals(text.includes(key), true);
    assertEquals(/^[^\p{Cc}\s]+$/u.test(key), true);
    written.push([posix.render(new Map([["KEY", key]])), ["KEY"]]);
    expected.push(key);
  }
  assertEquals(await evaluated(written), expected);
  assert(expected.length > 0, "without any, nothing would have been shown");
  figure("random output of op", { answers: ROUNDS, "keys evaluated": expected.length });
});

seeded("random arguments are understood, or an error of usage", async (random) => {
  let understood = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const args = Array.from({ length: random.below(5) }, () => random.text(ARGUMENTS));
    if (random.below(2) === 0) args.unshift(random.oneOf(["env", "get", "help"]));
    try {
      const { command } = await parseCommandLine(args);
      assertEquals(["version", ...COMMANDS.map(({ name }) => name)].includes(command), true);
      understood++;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      assertEquals(error.kind, "usage");
    }
  }
  assert(understood > 0, "without any, nothing would have been shown");
  figure("random arguments", { "command lines": ROUNDS, understood });
});

seeded("random bytes as git configuration give a harmless project name", (random) => {
  let origins = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const url = originUrl(random.text(GIT));
    if (url === undefined) continue;
    origins++;
    for (const part of repositoryPath(url).map(projectName)) {
      assertMatch(part, /^[A-Za-z0-9_-][A-Za-z0-9_.-]*$/);
    }
  }
  assert(origins > 0, "without any, nothing would have been shown");
  figure("random git configuration", { texts: ROUNDS, origins });
});

seeded("random bytes anywhere end in order", async (random) => {
  const statuses: Record<string, number> = {};
  for (let round = 0; round < RUNS; round++) {
    using terminal = new Terminal();
    const place = random.oneOf(["local.env", "cache", "op", "words", "git", "arguments"]);
    let args = ["env"];
    const env: Record<string, string> = {};
    if (place === "local.env") terminal.writeLocalEnv(random.bytes(LINES));
    if (place === "cache") {
      await terminal.run(["get"]);
      Deno.writeFileSync(terminal.keyFile, random.bytes(ANSWERS));
    }
    if (place === "op") terminal.setField("Work/litellm/API Key", random.bytes(ANSWERS));
    if (place === "words") terminal.failWith(random.text(WORDS).replaceAll("\0", ""));
    if (place === "git") {
      Deno.mkdirSync(join(terminal.home, ".git"));
      Deno.writeFileSync(join(terminal.home, ".git", "config"), random.bytes(GIT));
      env["CLAUDE_KEY_REPO_HEADER"] = "1";
    }
    if (place === "arguments") args = ["get", random.text(ARGUMENTS).replaceAll("\0", "")];
    const run = await terminal.run(args, { env });
    assertOrderly(run);
    if (place === "cache" && run.stdout !== "") {
      const expected = Deno.readTextFileSync(terminal.keyFile).slice(0, -1);
      assertEquals(await evaluated([[run.stdout, ["ANTHROPIC_AUTH_TOKEN"]]]), [expected]);
    }
    if (place === "git") {
      assertEquals(await evaluated([[run.stdout, ["ANTHROPIC_AUTH_TOKEN"]]]), [KEY]);
    }
    statuses[run.status] = (statuses[run.status] ?? 0) + 1;
  }
  const ends = Object.entries(statuses).map(([status, count]) => `${status}×${count}`).join(" ");
  figure("random bytes through the whole program", { runs: RUNS, statuses: ends });
});

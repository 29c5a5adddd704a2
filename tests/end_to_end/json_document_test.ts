import { assertEquals } from "@std/assert";
import { SHOWN_ON_UNIX } from "../support/skips.ts";
import { join } from "../support/join.ts";
import { Terminal } from "../support/terminal.ts";

const UNIX_ONLY = { ignore: SHOWN_ON_UNIX };
const DOCUMENT = Deno.readTextFileSync(new URL("../../docs/json.md", import.meta.url));
const [STATUS, DOCTOR] = Array.from(
  DOCUMENT.matchAll(/^```json\n(.+?)^```/gms),
  ([, example = ""]) => JSON.parse(example),
);
const HOME = "/home/ada";

/** The names of all members of a value, which the document is to explain. */
function membersOf(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const own = Array.isArray(value) ? [] : Object.keys(value);
  return [...new Set([...own, ...Object.values(value).flatMap(membersOf)])];
}

/** Those which the section on a command does not explain. */
function unexplained(command: string, printed: unknown): string[] {
  const section = DOCUMENT.split(/^## /m).find((text) => text.startsWith(`\`${command}\``)) ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("| `")).join("\n");
  const explained = Array.from(
    rows.matchAll(/`(?:\w+\[\]\.)?(\w+)(?:\[\])?`/g),
    ([, name]) => name,
  );
  return membersOf(printed).filter((name) => name !== "version" && !explained.includes(name));
}

Deno.test("status --json prints what docs/json.md shows", UNIX_ONLY, async () => {
  using terminal = new Terminal('OP_ITEM="op://Work/litellm/API Key"\n\nANTHROPIC_MODEL=opus\n');
  const options = { env: { OP_FIELD: "Token", ANTHROPIC_MODEL: "sonnet" } };
  await terminal.run(["get"], options);
  const [current, other] = STATUS.entries;
  const { keyFile } = terminal;
  const otherFile = join(terminal.cache, other.file);
  Deno.copyFileSync(keyFile, otherFile);
  Deno.utimeSync(otherFile, new Date(other.cachedSince), new Date(other.cachedSince));
  const since = new Date(Date.now() - 30_000);
  Deno.utimeSync(keyFile, since, since);

  const { stdout, stderr, status } = await terminal.run(["status", "--all", "--json"], options);
  const printed = JSON.parse(stdout.replaceAll(terminal.home, HOME));
  assertEquals(unexplained("claude-key status --json", printed), []);
  const [{ file, cachedSince, secondsLeft, ...entry }] = printed.entries;
  assertEquals([join(terminal.cache, file), cachedSince, secondsLeft > 43_000], [
    keyFile,
    since.toISOString(),
    true,
  ]);
  // What is of this run alone.
  printed.entries[0] = {
    ...entry,
    file: current.file,
    cachedSince: current.cachedSince,
    secondsLeft: current.secondsLeft,
  };
  const shown = STATUS.settings.map(({ name }: { name: string }) => name);
  printed.settings = printed.settings.filter(({ name }: { name: string }) => shown.includes(name));
  assertEquals([printed, stderr, status], [STATUS, "", 0]);
});

Deno.test("doctor --json prints what docs/json.md shows", UNIX_ONLY, async () => {
  using terminal = new Terminal();
  terminal.answer("--version", "2.31.0\n");
  const { stdout, stderr, status } = await terminal.run(["doctor", "--yes", "--json"], {
    env: { ANTHROPIC_API_KEY: "sk-other" },
  });
  const printed = JSON.parse(stdout);
  assertEquals(unexplained("claude-key doctor --json", printed), []);
  const names = printed.checks.map(({ check }: { check: string }) => check);
  const row = /^\| `checks\[\]\.check` .*$/m.exec(DOCUMENT)?.[0] ?? "";
  assertEquals(Array.from(row.matchAll(/`([^`]+)`/g), ([, name]) => name).slice(1), [
    ...new Set(names),
  ]);
  printed.checks = DOCTOR.checks.map(({ check }: { check: string }) =>
    printed.checks.find((found: { check: string }) => found.check === check)
  );
  assertEquals([printed, stderr, status], [DOCTOR, "", 1]);
});

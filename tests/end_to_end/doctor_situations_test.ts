import { assertEquals } from "@std/assert";
import { GOOD, type Situation, SITUATIONS } from "../support/doctor_situations.ts";
import { writeExecutable } from "../support/executable.ts";
import { join } from "../support/join.ts";
import { NEW_TEXTS } from "../support/new_texts.ts";
import { program } from "../support/program.ts";
import { type Run, Terminal } from "../support/terminal.ts";
import { ignoresPermissions, lacks } from "../support/tools.ts";

/** The table: each situation with the whole of what doctor says. */
const TABLE = new URL("./doctor_situations.txt", import.meta.url);

/** As many at a time as keep two processors busy. */
const AT_A_TIME = 4;

/** A terminal in a situation, at which claude-key can be typed. */
function arranged({ localEnv = GOOD, arrange }: Situation): Terminal {
  const terminal = new Terminal(null);
  terminal.answer("--version", "2.31.0\n");
  terminal.answer("account-list", '[{"url":"team.1password.com","email":"ada@example.com"}]');
  terminal.answer("whoami", "URL: https://team.1password.com\n");
  terminal.answer("vault-list", '[{"id":"v1","name":"Work"}]');
  terminal.answer("item-list", '[{"id":"i1","title":"litellm"}]');
  terminal.answer("item-get", '{"fields":[{"id":"f1","type":"CONCEALED","label":"API Key"}]}');
  if (localEnv !== null) terminal.writeLocalEnv(localEnv.replaceAll("ROOT", terminal.root));
  const { command, args, env } = program();
  const words = [command, ...args].map((word) => `'${word}'`).join(" ");
  const variables = Object.entries(env).map(([name, value]) => `${name}='${value}'`).join(" ");
  const text = `#!/bin/sh\n${variables} exec ${words} "$@"\n`;
  writeExecutable(join(terminal.bin, "claude-key"), text);
  arrange?.(terminal);
  return terminal;
}

/** Types lines into a shell, the last of which is doctor. */
async function type(
  terminal: Terminal,
  { env = {}, typed = "", under = [] }: Situation,
  ...lines: readonly string[]
): Promise<Run> {
  const variables = Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, value.replaceAll("ROOT", terminal.root)]),
  );
  const doctor = [...under, join(terminal.bin, "claude-key"), "doctor", "--yes"].join(" ");
  const shell = { command: "/bin/sh", args: ["-c", [typed, ...lines, doctor].join("\n")], env: {} };
  return await terminal.run([], { env: variables, program: shell });
}

function isSkipped(situation: Situation): boolean {
  const { wantsRoot = false, wantsLinux = false, wantsPermissions = false } = situation;
  if (wantsRoot && Deno.uid() !== 0 || wantsLinux && Deno.build.os !== "linux") return true;
  return wantsPermissions && ignoresPermissions();
}

/** What is wrong, and what is said against it. */
function parts(stdout: string): { wrong: string[]; typed: string[] } {
  const lines = stdout.split("\n");
  return {
    wrong: lines.filter((line) => /^(?:problem|warning) /.test(line)),
    typed: lines.flatMap((line) => /^ {9}fix: (.+)$/.exec(line)?.[1] ?? []),
  };
}

/** What is wrong and takes a person. */
function forPeople(stdout: string): string[] {
  return Array.from(
    stdout.matchAll(/^((?:problem|warning) .+)\n(?: {9}(?!fix|by hand).*\n)*(?= {9}by hand: )/gm),
    ([, line = ""]) => line,
  );
}

/** Runs doctor in a situation, types what it says, and runs it again. */
async function examined(situation: Situation): Promise<string> {
  using terminal = arranged(situation);
  const show = (text: string): string => text.replaceAll(terminal.root, "ROOT");
  const before = await type(terminal, situation);
  const { wrong, typed } = parts(before.stdout);
  assertEquals(before.status, wrong.length > 0 ? 1 : 0, situation.name);
  const known = new Set(forPeople(before.stdout));
  const mended = new Set(wrong.filter((line) => !known.has(line)));
  const kept: string[] = [];
  let next = typed;
  for (let round = 1; next.length > 0; round++) {
    const after = await type(
      terminal,
      situation,
      ...kept,
      ...next.map((line) => `{\n${line}\n} >&2`),
    );
    const left = parts(after.stdout);
    const what = `${situation.name}: ${after.stdout}${after.stderr}`;
    assertEquals(left.wrong.filter((line) => mended.has(line)), [], what);
    // What is mended may uncover something else, that is mended in turn.
    assertEquals(round < 3 || left.typed.length === 0, true, what);
    for (const line of left.wrong) if (!forPeople(after.stdout).includes(line)) mended.add(line);
    kept.push(...next.filter((line) => /^(?:export|unset) /.test(line)));
    next = left.typed;
  }
  assertEquals(before.stdout.includes("hunter2") || before.stdout.includes("ter2@"), false);
  return show(before.stdout);
}

Deno.test("doctor says in each situation what is wrong, and what it says to type mends it", {
  ignore: lacks("sh"),
}, async () => {
  const outputs = new Map<string, string>();
  const waiting = SITUATIONS.filter((situation) => !isSkipped(situation));
  await Promise.all(Array.from({ length: AT_A_TIME }, async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      outputs.set(next.name, await examined(next));
    }
  }));
  const written = SITUATIONS.filter(({ name }) => outputs.has(name)).map(({ name }) =>
    `# ${name}\n\n${outputs.get(name)}\n`
  );
  if (NEW_TEXTS) Deno.writeTextFileSync(TABLE, written.join("\n"));
  const table = new Map(
    Deno.readTextFileSync(TABLE).split(/^# /m).slice(1).map((part) => {
      const [name = "", ...lines] = part.split("\n");
      return [name, lines.join("\n").trim()];
    }),
  );
  assertEquals(Array.from(table.keys()), SITUATIONS.map(({ name }) => name));
  // How wide a column is goes by the length of the temporary folder's path.
  const squeezed = (text: string): string => text.replace(/(?<=\S) {2,}/g, "  ").trim();
  for (const [name, output] of outputs) {
    assertEquals(squeezed(output), squeezed(table.get(name) ?? ""), name);
  }
});

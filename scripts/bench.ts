/**
 * `deno task bench [--runs=N] [--import-map=FILE]`: what a cache hit costs, compared in one run with
 * starting the runtime and with a plain script. Prints a table; asserts nothing.
 *
 * @module
 */

import { permissionFlags } from "../lib/confinement/permissions.ts";
import { bareEnvironment } from "./bare_environment.ts";
import { type Contender, type Lap, median, race } from "./bench/stopwatch.ts";
import { bundle } from "./release/compile_binary.ts";
import { likeBinary } from "./release/like_binary.ts";
import { standardLibrary, takeImportMap } from "./standard_library.ts";
import { takeOption } from "./take_option.ts";

const REFERENCE_KEY = "sk-benchmark-0123456789abcdef";
const here = (path: string): string => new URL(path, import.meta.url).pathname;

const { importMap, others } = takeImportMap(Deno.args);
const runs = Number(takeOption("runs", others).value ?? 40);
const { flags } = await standardLibrary(importMap);
const root = await Deno.makeTempDir({ prefix: "claude-key-bench-" });
try {
  await benchmark();
} finally {
  await Deno.remove(root, { recursive: true });
}

async function benchmark(): Promise<void> {
  const bundles = `${root}/bundles`;
  await bundle(bundles, flags);
  await compare({
    title: "from source",
    program: source(here("../main.ts")),
    floor: source(here("bench/empty.ts")),
    bareHit: source(here("bench/bare_hit.ts")),
  });
  // A release has no TypeScript, so that what it is compared with has none either.
  for (const name of ["empty", "bare_hit"]) {
    await Deno.copyFile(here(`bench/${name}.ts`), `${root}/${name}.js`);
  }
  await compare({
    title: "bundled as for a release, and run by Deno",
    program: bundled(`${bundles}/main.js`),
    floor: bundled(`${root}/empty.js`),
    bareHit: bundled(`${root}/bare_hit.js`),
  });
  const binary = Deno.env.get("CLAUDE_KEY_BIN");
  const floor = Deno.env.get("CLAUDE_KEY_FLOOR_BIN");
  if (binary === undefined || floor === undefined) {
    print(
      "None of these is of a compiled binary: CLAUDE_KEY_BIN and CLAUDE_KEY_FLOOR_BIN name none.",
    );
  } else {
    await compare({
      title: "a compiled binary, beside a compiled empty program",
      program: [binary],
      floor: [floor],
    });
  }
}

/** One way of running claude-key, and what it is compared with. */
interface Form {
  readonly title: string;
  readonly program: readonly string[];
  /** A program that does nothing. */
  readonly floor: readonly string[];
  /** One that does what every hit must, and nothing else. */
  readonly bareHit?: readonly string[];
}

/** How a module of several files is run. */
function source(entry: string): string[] {
  const permissions = permissionFlags(Deno.build.os);
  return [Deno.execPath(), "run", "--quiet", "--frozen", ...flags, ...permissions, entry];
}

/** How bundles are run, which need nothing else. */
function bundled(entry: string): string[] {
  return [Deno.execPath(), ...likeBinary(entry)];
}

/** Compares all runs of one form with the floor of the same form. */
async function compare({ title, program, floor, bareHit }: Form): Promise<void> {
  const [few, many] = [await home("few", 10), await home("many", 10_000)];
  const hit = (args: string[], env = few): Pick<Contender, "command" | "env"> => ({
    command: [...program, ...args],
    env,
  });
  const empty = { name: "an empty program", command: floor, env: few };
  const op = {
    name: "the instant op itself",
    command: [`${few["PATH"]?.split(":")[0]}/op`],
    env: few,
  };
  const miss = {
    name: "`env`, a miss, with that op",
    ...hit(["env"]),
    before: (): void => Deno.removeSync(`${few["CACHE"]}/${keyFile(few)}`),
  };
  const contenders: Contender[] = [
    empty,
    ...(bareHit === undefined ? [] : [{
      name: "what a hit asks of Deno, and nothing else",
      command: [...bareHit, keyFile(few)],
      env: few,
    }]),
    { name: "`env`, a hit, among 10 other entries", ...hit(["env"]) },
    { name: "`env`, a hit, among 10,000 other entries", ...hit(["env"], many) },
    { name: "`get`, a hit", ...hit(["get"]) },
    { name: "the same hit in bash", command: [here("bench/claude-env.sh")], env: few },
    ...bkt(few),
    miss,
    op,
  ];
  const laps = race(contenders, runs);
  const middle = (contender: Contender): Required<Lap> => {
    const counted = laps.get(contender) ?? [];
    return {
      wall: median(counted.map(({ wall }) => wall)),
      cpu: median(counted.map(({ cpu = NaN }) => cpu)),
    };
  };
  const floorOf = middle(empty);
  const row = (name: string, { wall, cpu }: Required<Lap>): string =>
    `| ${name} | ${cells(wall, floorOf.wall)} | ${cells(cpu, floorOf.cpu)} |`;
  const [asked, answered] = [middle(miss), middle(op)];
  print([
    `${title}, medians of ${runs} interleaved runs:`,
    "",
    "| run | ms | times the empty program | ms of processors | times |",
    "| --- | --: | --: | --: | --: |",
    ...contenders.map((contender) => row(contender.name, middle(contender))),
    row("that miss without its op", {
      wall: asked.wall - answered.wall,
      cpu: asked.cpu - answered.cpu,
    }),
    "",
    ...await memory(floor, [...program, "env"], few),
    ...await instructions(floor, [...program, "env"], few),
    ...await systemCalls([...program, "env"], few),
    "",
  ].join("\n"));
}

/** A cache of any command's output, if it is installed: it knows nothing of keys [dimo414/bkt]. */
function bkt(env: Readonly<Record<string, string>>): Contender[] {
  const folder = Deno.env.get("PATH")?.split(":").find((path) => isFile(`${path}/bkt`));
  if (folder === undefined) return [];
  const command = [`${folder}/bkt`, "--ttl=12h", "--", "op", "read", "op://Work/litellm/API Key"];
  return [{ name: "`bkt`, a hit", command, env }];
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

/** A figure, and how many times as much it is as that of the empty program. */
function cells(figure: number, floor: number): string {
  return Number.isNaN(figure) ? "- | -" : `${figure.toFixed(1)} | ${(figure / floor).toFixed(2)}`;
}

/** A home whose cache holds the key and other entries, and an `op` that answers at once. */
async function home(name: string, otherEntries: number): Promise<Record<string, string>> {
  const folder = `${root}/${name}`;
  const cache = `${folder}/.cache/claude`;
  for (const path of [`${folder}/.config/claude`, `${folder}/bin`, cache]) {
    await Deno.mkdir(path, { recursive: true, mode: 0o700 });
  }
  await Deno.writeTextFile(
    `${folder}/.config/claude/local.env`,
    'OP_ITEM="op://Work/litellm"\nLITELLM_BASE_URL="https://litellm.example.com"\n',
  );
  const answer = `#!/bin/sh\necho ${REFERENCE_KEY}\n`;
  await Deno.writeTextFile(`${folder}/bin/op`, answer, { mode: 0o755 });
  const env = {
    ...bareEnvironment(),
    HOME: folder,
    PATH: `${folder}/bin:/usr/local/bin:/usr/bin:/bin`,
    CACHE: cache,
  };
  for (let index = 0; index < otherEntries; index++) {
    const id = index.toString(16).padStart(16, "0");
    await Deno.writeTextFile(`${cache}/other-${id}.key`, "sk-other\n", { mode: 0o600 });
  }
  const [program = "", ...args] = source(here("../main.ts"));
  await new Deno.Command(program, { args: [...args, "get"], clearEnv: true, env }).output();
  return env;
}

function keyFile(env: Readonly<Record<string, string>>): string {
  for (const { name } of Deno.readDirSync(env["CACHE"] ?? "")) {
    if (name.startsWith("litellm-") && name.endsWith(".key")) return name;
  }
  throw new Error("the key is not cached");
}

/** The largest amount of memory that a run holds, as `time` tells it, where that is installed. */
async function memory(
  floor: readonly string[],
  hit: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<string[]> {
  const peak = async (command: readonly string[]): Promise<number> => {
    const sizes: number[] = [];
    for (let run = 0; run < 9; run++) {
      const { stderr } = await new Deno.Command("/usr/bin/time", {
        args: ["-f", "%M", ...command],
        clearEnv: true,
        env: { ...env },
      }).output();
      sizes.push(Number(new TextDecoder().decode(stderr).trim()) / 1024);
    }
    return median(sizes);
  };
  try {
    const [low, high] = [await peak(floor), await peak(hit)];
    return [
      `Peak memory: ${low.toFixed(1)} MiB empty, ${high.toFixed(1)} MiB for a hit, ` +
      `${(high / low).toFixed(2)} times.`,
    ];
  } catch (error) {
    return [`Peak memory: not measured, ${(error as Error).message}`];
  }
}

/** How much V8, Deno and the program do, which no other program on the machine disturbs. */
async function instructions(
  floor: readonly string[],
  hit: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<string[]> {
  const count = async (command: readonly string[]): Promise<number> => {
    const { stderr } = await new Deno.Command("valgrind", {
      args: ["--tool=callgrind", "--callgrind-out-file=/dev/null", ...command],
      clearEnv: true,
      env: { ...env },
    }).output();
    return Number(/Collected : (\d+)/.exec(new TextDecoder().decode(stderr))?.[1]) / 1e6;
  };
  try {
    const [low, high] = [await count(floor), await count(hit)];
    return [
      `Instructions: ${low.toFixed(1)} million empty, ${high.toFixed(1)} million for a hit, ` +
      `${(high / low).toFixed(2)} times.`,
    ];
  } catch (error) {
    return [`Instructions: not counted, ${(error as Error).message}`];
  }
}

/** How many system calls of a hit name a path below the cache or the configuration folder. */
async function systemCalls(
  hit: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<string[]> {
  const log = `${root}/strace`;
  try {
    await new Deno.Command("strace", {
      args: ["-f", "-o", log, "-e", "trace=%file", ...hit],
      clearEnv: true,
      env: { ...env },
    }).output();
  } catch (error) {
    return [`System calls: not counted, ${(error as Error).message}`];
  }
  const calls = (await Deno.readTextFile(log)).split("\n").filter((line) =>
    line.includes(`${env["HOME"]}/.cache/claude`) || line.includes(`${env["HOME"]}/.config/claude`)
  );
  return [
    `System calls that name a path below the cache or configuration folder: ${calls.length}.`,
  ];
}

function print(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
}

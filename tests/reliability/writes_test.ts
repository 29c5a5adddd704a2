import { assertEquals } from "@std/assert";
import { resolveFolder } from "../../lib/files/resolve_folder.ts";
import { ENTRY_FILES, entryName } from "../../lib/cache/entry_name.ts";
import { type CacheAnswer, readKey } from "../../lib/cache/read_entry.ts";
import { makeFolder } from "../../lib/files/atomic_write.ts";
import { parseFileName } from "../../lib/cache/entry_name.ts";
import { writeEntry } from "../../lib/cache/write_entry.ts";
import { orKilled, until } from "../support/deadline.ts";
import { NO_SIGNALS, testOfUnix } from "../support/skips.ts";
import { join } from "../support/join.ts";
import { figure, times } from "../support/figures.ts";
import { isWhole, longKey } from "../support/long_key.ts";
import { program } from "../support/program.ts";
import { Terminal } from "../support/terminal.ts";

const test = testOfUnix("writers that are killed");

const WRITER = program(new URL("../support/cache_writer.ts", import.meta.url));
const NAME = `written-in-a-loop-0123456789abcdef${ENTRY_FILES.key}`;
const ENTRY = await entryName({
  authentication: "app",
  reference: { vault: "Work", item: "litellm", field: "API Key" },
});

/** What `op` runs: it hands out another whole key each time. */
const CHANGING_KEYS =
  `n=$(printf %07d $$); k=$n$n$n$n$n$n$n; k=$k$k$k$k$k$k$k$k$k$k; echo $k$k$k$k$k$k$k$k$k$k\n`;

const ignore = NO_SIGNALS;

function look(path: string): CacheAnswer {
  return readKey(path, { ttl: 43_200, now: Date.now(), uid: Deno.uid() });
}

/** Reads without end, beside whatever else goes on, and counts what is neither old nor new. */
class Reader {
  reads = 0;
  readonly keys: Set<string> = new Set();
  readonly wrong: string[] = [];
  readonly #path: string;
  #stopped = false;
  readonly #done: Promise<void>;

  constructor(path: string) {
    this.#path = path;
    this.#done = this.#readOn();
  }

  read(): void {
    const answer = look(this.#path);
    this.reads++;
    if ("miss" in answer) this.wrong.push(answer.miss);
    else if (!isWhole(answer.key)) this.wrong.push(`torn: ${answer.key.slice(0, 20)}…`);
    else this.keys.add(answer.key.slice(0, 7));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#done;
  }

  async #readOn(): Promise<void> {
    while (!this.#stopped) {
      for (let count = 0; count < 10; count++) this.read();
      await pause(1);
    }
  }
}

/** Starts a process that writes without end, and waits until it does. */
async function startWriter(terminal: Terminal): Promise<Deno.ChildProcess> {
  const child = terminal.command([terminal.cache, NAME], { program: WRITER, stderr: "null" })
    .spawn();
  const reader = child.stdout.getReader();
  await orKilled("the writer writes", child, reader.read());
  await reader.cancel();
  return child;
}

async function pause(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function leftovers(folder: string): string[] {
  return Array.from(Deno.readDirSync(folder), ({ name }) => name)
    .filter((name) => parseFileName(name)?.kind === "temporary");
}

function makeOld(path: string): void {
  const then = new Date(Date.now() - 2 * 3_600_000);
  Deno.utimeSync(path, then, then);
}

test({
  name: "a reader sees the old key or the new key, however often it is replaced",
  ignore,
  fn: async () => {
    using terminal = new Terminal();
    makeFolder(terminal.cache);
    const path = join(terminal.cache, NAME);
    const writer = await startWriter(terminal);
    const reader = new Reader(path);
    const wanted = times(2_000, 100_000);
    await until(
      "enough is read, and of enough keys",
      () => reader.reads >= wanted && reader.keys.size >= 100,
      times(60_000, 600_000),
    );
    await reader.stop();
    writer.kill("SIGKILL");
    await orKilled("the writer ends", writer, writer.status);
    figure("reads while the file is replaced", {
      reads: reader.reads,
      "different keys seen": reader.keys.size,
      wrong: reader.wrong.length,
    });
    assertEquals(reader.wrong, []);
  },
});

async function write({ cache }: Terminal, key: string): Promise<void> {
  const terms = { lifetime: 43_200, uid: Deno.uid() };
  await writeEntry(resolveFolder(cache), NAME, { text: `${key}\n`, asked: new Date() }, terms);
}

/** Kills a process at a moment somewhere in the time that it takes, if it still is there then. */
async function killedAtRandom(child: Deno.ChildProcess, span: number): Promise<boolean> {
  const { promise: time, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, Math.random() * span);
  await Promise.race([time, child.status]);
  clearTimeout(timer);
  try {
    child.kill("SIGKILL");
  } catch {
    // It was done before its time came.
  }
  return (await orKilled("what is killed ends", child, child.status)).signal === "SIGKILL";
}

/** Starts processes, a few at a time, until as many as wanted have been killed at random. */
async function kill(
  wanted: number,
  span: number,
  start: () => Deno.ChildProcess | Promise<Deno.ChildProcess>,
): Promise<void> {
  let [started, killed] = [0, 0];
  await Promise.all(Array.from({ length: 3 }, async () => {
    while (killed < wanted) {
      if (++started > 20 * wanted) throw new Error(`they end before they are killed: ${started}`);
      if (await killedAtRandom(await start(), span)) killed++;
    }
  }));
}

test({
  name: "writers killed at random leave a whole key, and leftovers that are swept",
  ignore,
  fn: async () => {
    using terminal = new Terminal();
    makeFolder(terminal.cache);
    const path = join(terminal.cache, NAME);
    await write(terminal, longKey(0));
    const reader = new Reader(path);
    const kills = times(80, 1_600);
    await kill(kills, 20, () => startWriter(terminal));
    await reader.stop();
    reader.read();
    const left = leftovers(terminal.cache);
    for (const name of left) makeOld(join(terminal.cache, name));
    await write(terminal, longKey(1));
    figure("SIGKILL while the cache is written in a loop", {
      kills,
      reads: reader.reads,
      "different keys seen": reader.keys.size,
      wrong: reader.wrong.length,
      leftovers: left.length,
      "not swept": leftovers(terminal.cache).length,
    });
    assertEquals(reader.wrong, []);
    // Without any, nothing would have been shown.
    assertEquals(left.length > 0, true);
    assertEquals(leftovers(terminal.cache), []);
  },
});

test({
  name: "runs killed at random leave a whole key, and nothing that the next run waits for",
  ignore,
  fn: async () => {
    using terminal = new Terminal();
    terminal.runInstead(CHANGING_KEYS);
    const began = Date.now();
    await terminal.run(["get"]);
    const duration = Date.now() - began;
    const reader = new Reader(join(terminal.cache, ENTRY + ENTRY_FILES.key));
    const kills = times(20, 400);
    const silent = { stdout: "null", stderr: "null" } as const;
    await kill(kills, 4 * duration, () => terminal.command(["get", "--refresh"], silent).spawn());
    await reader.stop();
    for (const name of leftovers(terminal.cache)) makeOld(join(terminal.cache, name));
    const { stdout, stderr, status } = await terminal.run(["get", "--refresh"]);
    figure("SIGKILL while runs refresh the key", {
      kills,
      reads: reader.reads,
      "different keys seen": reader.keys.size,
      wrong: reader.wrong.length,
      "not swept": leftovers(terminal.cache).length,
    });
    assertEquals([stderr, status], ["", 0]);
    assertEquals(isWhole(stdout.trimEnd()), true);
    assertEquals(reader.wrong, []);
    assertEquals(leftovers(terminal.cache), []);
  },
});

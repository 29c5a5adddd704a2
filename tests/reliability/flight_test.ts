import { assertEquals } from "@std/assert";
import { ENTRY_FILES, entryName } from "../../lib/cache/entry_name.ts";
import { orKilled, until } from "../support/deadline.ts";
import { testOfUnix } from "../support/skips.ts";
import { figure, times } from "../support/figures.ts";
import { join } from "../support/join.ts";
import { KEY, type Run, Terminal } from "../support/terminal.ts";
import { cannotMount, lacks } from "../support/tools.ts";
import { waitersFor } from "../support/waiters.ts";

const test = testOfUnix("single flight under signals and strange clocks");

const SERVED: Run = { stdout: `${KEY}\n`, stderr: "", status: 0 };
const FIELD = "Work/litellm/API Key";
const ENTRY = await entryName({
  authentication: "app",
  reference: { vault: "Work", item: "litellm", field: "API Key" },
});

/** What `op` runs: it notes whether another one asks and then who does, and answers when it is let. */
const WATCHED = `
key=$(cat "$here/vault/${FIELD}")
other=$(cat "$here/busy" 2>/dev/null) && kill -0 "$other" 2>/dev/null && echo >>"$here/together"
echo $$ >"$here/busy"
echo $PPID >>"$here/holders"
while [ -e "$here/waiting" ]; do sleep 0.02; done
echo "$key"
`;

/** Many terminals, and an `op` that answers when it is let. */
class Crowd {
  readonly terminal = new Terminal();
  readonly began: number = Date.now();
  readonly #runs: Promise<Run>[] = [];

  constructor() {
    this.terminal.runInstead(WATCHED);
    Deno.writeTextFileSync(join(this.terminal.bin, "waiting"), "");
  }

  [Symbol.dispose](): void {
    this.terminal[Symbol.dispose]();
  }

  /** The processes that have asked, in their order. */
  get holders(): number[] {
    return this.#lines("holders").map(Number);
  }

  /** The one that asks. There is no number for nobody: 0 would be this whole test run. */
  get holder(): number {
    const holder = this.holders.at(-1);
    if (holder === undefined) throw new Error("nobody asks");
    return holder;
  }

  /** How often one asked while another did. */
  get together(): number {
    return this.#lines("together").length;
  }

  get waiters(): number {
    return waitersFor(join(this.terminal.cache, ENTRY + ENTRY_FILES.lock));
  }

  get seconds(): string {
    return ((Date.now() - this.began) / 1000).toFixed(1);
  }

  async start(count: number, env: Record<string, string>): Promise<void> {
    for (let started = 0; started < count; started++) {
      this.#runs.push(this.terminal.run(["get"], { env }));
    }
    await until("one asks and all others wait", () => {
      return this.holders.length === 1 && this.waiters === count - 1;
    }, 240_000);
  }

  async interruptHolder(): Promise<void> {
    const { length } = this.holders;
    Deno.kill(this.holder, "SIGINT");
    await until("the next one asks", () => this.holders.length === length + 1);
  }

  async release(): Promise<Run[]> {
    Deno.removeSync(join(this.terminal.bin, "waiting"));
    return await Promise.all(this.#runs);
  }

  #lines(name: string): string[] {
    try {
      return Deno.readTextFileSync(join(this.terminal.bin, name)).split("\n").slice(0, -1);
    } catch {
      return [];
    }
  }
}

function wrongKeys(runs: readonly Run[], right: string): number {
  return runs.filter(({ stdout }) => stdout !== "" && stdout !== `${right}\n`).length;
}

/** What came of those that were not interrupted. */
function others(runs: readonly Run[]): Run[] {
  return runs.filter(({ status }) => status !== 130);
}

test({
  name: "of many cold starts, three of which are interrupted as they ask, one asks at a time",
  ignore: lacks(),
  fn: async () => {
    using crowd = new Crowd();
    const count = times(40, 200);
    await crowd.start(count, {});
    for (let interrupted = 0; interrupted < 3; interrupted++) await crowd.interruptHolder();
    const runs = await crowd.release();
    figure("three Ctrl-C on those who ask", {
      processes: count,
      "calls of op": crowd.holders.length,
      "at the same time": crowd.together,
      "wrong keys": wrongKeys(runs, KEY),
      seconds: crowd.seconds,
    });
    assertEquals(others(runs), Array(count - 3).fill(SERVED));
    assertEquals([crowd.holders.length, crowd.together], [4, 0]);
  },
});

test({
  name: "a turn that passes on twice, each time late, costs one call for each turn",
  ignore: lacks(),
  fn: async () => {
    using crowd = new Crowd();
    const timeout = times(8, 30);
    await crowd.start(7, { CLAUDE_KEY_TIMEOUT: String(timeout) });
    let asked = crowd.began;
    for (let interrupted = 0; interrupted < 2; interrupted++) {
      const end = asked + timeout * 900;
      await until("it is nearly too late", () => Date.now() > end);
      asked = Date.now();
      await crowd.interruptHolder();
    }
    // Those who wait have done so for longer than one turn may take.
    const runs = await crowd.release();
    figure("a turn that passes on twice", {
      processes: 7,
      "calls of op": crowd.holders.length,
      "at the same time": crowd.together,
      "wrong keys": wrongKeys(runs, KEY),
      seconds: crowd.seconds,
    });
    assertEquals(others(runs), Array(5).fill(SERVED));
    assertEquals([crowd.holders.length, crowd.together], [3, 0]);
  },
});

test({
  name: "a process that is suspended as it asks costs one more call",
  ignore: lacks(),
  fn: async () => {
    using crowd = new Crowd();
    await crowd.start(7, { CLAUDE_KEY_TIMEOUT: "4" });
    const suspended = crowd.holder;
    Deno.kill(suspended, "SIGSTOP");
    await until("the next one asks", () => crowd.holders.length > 1);
    await until("all others wait for it", () => crowd.waiters === 5);
    // The op of the suspended one has not heard of it.
    const together = crowd.together;
    Deno.removeSync(join(crowd.terminal.bin, "waiting"));
    await until("the key is there", () => crowd.terminal.cached.length > 0);
    Deno.kill(suspended, "SIGCONT");
    Deno.writeTextFileSync(join(crowd.terminal.bin, "waiting"), "");
    const runs = await crowd.release();
    figure("a suspended process", {
      processes: 7,
      "calls of op": crowd.holders.length,
      "wrong keys": wrongKeys(runs, KEY),
      seconds: crowd.seconds,
    });
    assertEquals(runs.filter(({ status }) => status === 0).length >= 6, true);
    assertEquals([crowd.holders.length, together], [2, 1]);
  },
});

test({
  name: "a lock that is never answered for holds the key up for no longer than the timeout",
  ignore: lacks("strace"),
  fn: async () => {
    using terminal = new Terminal();
    const trace = join(terminal.root, "trace");
    const delay = ["-e", "trace=flock", "-e", "inject=flock:delay_enter=15s"];
    const under = ["strace", "-f", "-qq", "-o", trace, ...delay];
    const began = Date.now();
    const env = { CLAUDE_KEY_TIMEOUT: "3" };
    const child = terminal.command(["get"], { under, env, stderr: "null" }).spawn();
    const reader = child.stdout.getReader();
    const { value } = await orKilled("the key is printed", child, reader.read());
    const seconds = (Date.now() - began) / 1000;
    await reader.cancel();
    // The tracer keeps its hand on the thread that it delays, for as long as it has been told to.
    await orKilled("claude-key ends", child, child.status);
    figure("a lock that is never answered for", {
      "calls of op": terminal.calls.length,
      "wrong keys": new TextDecoder().decode(value) === SERVED.stdout ? 0 : 1,
      seconds: seconds.toFixed(1),
    });
    assertEquals(Deno.readTextFileSync(trace).includes("flock("), true);
    assertEquals([new TextDecoder().decode(value), terminal.calls.length], [SERVED.stdout, 1]);
    assertEquals([seconds, seconds < 14], [seconds, true]);
  },
});

test({
  name: "a rotation while 1Password is asked never brings the old key back",
  ignore: lacks(),
  fn: async () => {
    let [wrong, calls] = [0, 0];
    const rounds = times(5, 100);
    const began = Date.now();
    for (let round = 0; round < rounds; round++) {
      using terminal = new Terminal();
      terminal.runInstead(WATCHED);
      const waiting = join(terminal.bin, "waiting");
      Deno.writeTextFileSync(waiting, "");
      const early = terminal.run(["get"]);
      await until("op is asked", () => terminal.calls.length === 1);
      // It may have asked before the rotation or after it, and so may the refresh join when it wants.
      const pause = Date.now() + Math.random() * 60;
      await until("a moment has passed", () => Date.now() > pause);
      terminal.setField(FIELD, "sk-rotated\n");
      const refresh = terminal.run(["get", "--refresh"]);
      const open = Date.now() + Math.random() * 200;
      await until("another moment has passed", () => Date.now() > open);
      Deno.removeSync(waiting);
      await early;
      wrong += wrongKeys([await refresh, await terminal.run(["get"])], "sk-rotated");
      calls += terminal.calls.length;
    }
    figure("a rotation during a flight", {
      rounds,
      "calls of op": calls,
      "wrong keys": wrong,
      seconds: ((Date.now() - began) / 1000).toFixed(1),
    });
    assertEquals(wrong, 0);
  },
});

test({
  name: "a full disk under refreshes never brings an old key back (needs root)",
  ignore: lacks("mount") || Deno.uid() !== 0 || cannotMount(),
  fn: async () => {
    using terminal = new Terminal();
    const { cache } = terminal;
    Deno.mkdirSync(cache, { recursive: true, mode: 0o700 });
    const size = "size=64k,mode=700";
    new Deno.Command("mount", { args: ["-t", "tmpfs", "-o", size, "tmpfs", cache] }).outputSync();
    const filler = join(cache, "filler");
    const fill = (): void => {
      const args = ["if=/dev/zero", `of=${filler}`, "oflag=append", "conv=notrunc"];
      new Deno.Command("dd", { args, stderr: "null" }).outputSync();
    };
    const rounds = times(5, 50);
    const began = Date.now();
    const runs: Run[] = [];
    let wrong = 0;
    let warnings = 0;
    try {
      for (let round = 0; round < rounds; round++) {
        const key = `sk-${round}`;
        terminal.setField(FIELD, `${key}\n`);
        fill();
        const refresh = await terminal.run(["get", "--refresh"]);
        warnings += Number(refresh.stderr.includes("could not be cached"));
        fill();
        const later = [refresh, await terminal.run(["get"]), await terminal.run(["get"])];
        wrong += wrongKeys(later, key);
        runs.push(...later);
        Deno.removeSync(filler);
        await terminal.run(["get"]);
      }
    } finally {
      new Deno.Command("umount", { args: [cache] }).outputSync();
    }
    figure("a full disk under refreshes", {
      rounds,
      warnings,
      "calls of op": terminal.calls.length,
      "wrong keys": wrong,
      seconds: ((Date.now() - began) / 1000).toFixed(1),
    });
    assertEquals([wrong, runs.filter(({ status }) => status !== 0)], [0, []]);
    assertEquals(warnings > 0, true, "without any, nothing would have been shown");
  },
});

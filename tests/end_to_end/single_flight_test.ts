import { assertEquals } from "@std/assert";
import { ENTRY_FILES, entryName } from "../../lib/cache/entry_name.ts";
import { meaningOf } from "../../lib/failure/exit_statuses.ts";
import { signInCommand } from "../../lib/text/typed_commands.ts";
import { orKilled, until, within } from "../support/deadline.ts";
import { NO_POSIX_SHELL, NO_PROC, NO_SIGNALS, testOfUnix } from "../support/skips.ts";
import { join } from "../support/join.ts";
import { figure, times } from "../support/figures.ts";
import { program } from "../support/program.ts";
import { KEY, linesOf, type Run, Terminal, withoutPrivilege } from "../support/terminal.ts";
import { lacks } from "../support/tools.ts";
import { waitersFor, waitsFor } from "../support/waiters.ts";

const test = testOfUnix("those who wait, as the kernel lists them, and signals");

const SERVED: Run = { stdout: `${KEY}\n`, stderr: "", status: 0 };
const SIGNED_OUT = "[ERROR] 2026/01/31 12:00:00 account is not signed in";
const REPORT_OF_SIGNED_OUT = "claude-key: error: op is not signed in to 1Password\n" +
  `claude-key: hint: unlock the 1Password app, or sign in: ${signInCommand()}\n`;
const REFERENCE = { vault: "Work", item: "litellm", field: "API Key" };
const ENTRY = await entryName({ authentication: "app", reference: REFERENCE });

/** What those say who have waited in vain: the words of others may be forged. */
const TOLD_OF_SIGNED_OUT =
  "claude-key: error: 1Password is locked, signed out, or the approval was refused\n" +
  "claude-key: hint: another claude-key has asked and says more; " +
  "to ask again, run the same command\n";

function lockFile(terminal: Terminal): string {
  return join(terminal.cache, ENTRY + ENTRY_FILES.lock);
}

/** A process that is at work. */
interface Started {
  readonly child: Deno.ChildProcess;
  readonly run: Promise<Run>;
}

function start(terminal: Terminal, args = ["get"], env: Record<string, string> = {}): Started {
  const child = terminal.command(args, { env }).spawn();
  const output = orKilled(`${args.join(" ")} ends`, child, child.output());
  const run = output.then(({ stdout, stderr, code }) => ({
    stdout: new TextDecoder().decode(stdout),
    stderr: linesOf(stderr),
    status: code,
  }));
  return { child, run };
}

/** Starts a process that has asked 1Password and gets no answer until `release`. */
async function startHolder(terminal: Terminal, args?: string[]): Promise<Started> {
  terminal.hold();
  const started = start(terminal, args);
  await until("op is called", () => terminal.calls.length === 1);
  return started;
}

async function startWaiter(
  terminal: Terminal,
  args?: string[],
  env?: Record<string, string>,
): Promise<Started> {
  const started = start(terminal, args, env);
  // Elsewhere it may come later: that is for tests of which the outcome is the same then.
  if (!NO_PROC) await until("it waits", () => waitsFor(started.child.pid, lockFile(terminal)));
  return started;
}

/** Has the lock as another claude-key would. */
async function lock(terminal: Terminal): Promise<Deno.FsFile> {
  Deno.mkdirSync(terminal.cache, { recursive: true, mode: 0o700 });
  const options = { read: true, write: true, create: true, mode: 0o600 };
  const file = Deno.openSync(lockFile(terminal), options);
  await within("the lock is free", file.lock(true));
  return file;
}

/** What `op` runs: it fails if it is not the only one. */
const ALONE = `mkdir "$here/busy" || exit 1\nsleep 0.2\nrmdir "$here/busy"\necho ${KEY}\n`;

function exists(path: string): boolean {
  try {
    return Deno.lstatSync(path).isFile;
  } catch {
    return false;
  }
}

/** Starts many, all of which are there before 1Password answers. */
async function crowd(terminal: Terminal, count: number): Promise<Run[]> {
  terminal.hold();
  const all = Array.from({ length: count }, () => start(terminal));
  const waiting = (): boolean => waitersFor(lockFile(terminal)) === count - 1;
  if (NO_PROC) await until("op is called", () => terminal.calls.length === 1);
  else await until(`${count - 1} wait`, waiting);
  terminal.release();
  return await Promise.all(all.map(({ run }) => run));
}

Deno.test({
  name: "of many processes at once one asks 1Password and all print the key",
  fn: async () => {
    using terminal = new Terminal();
    const count = times(40, 200);
    const runs = await crowd(terminal, count);
    const served = runs.filter(({ stdout }) => stdout === SERVED.stdout).length;
    figure("cold cache", { processes: count, "calls of op": terminal.calls.length, served });
    assertEquals(runs, Array(count).fill(SERVED));
    assertEquals(terminal.calls, ["read op://Work/litellm/API Key"]);
  },
});

test({
  name: "of many processes at once one asks a 1Password that fails and all report why",
  ignore: NO_PROC,
  fn: async () => {
    using terminal = new Terminal();
    terminal.failWith(SIGNED_OUT);
    const count = times(40, 200);
    const runs = await crowd(terminal, count);
    const reported = runs.filter(({ status }) => status === 4).length;
    figure("failing op", { processes: count, "calls of op": terminal.calls.length, reported });
    const failed: Run = { stdout: "", stderr: TOLD_OF_SIGNED_OUT, status: 4 };
    assertEquals(
      runs.toSorted((one, other) => other.stderr.length - one.stderr.length),
      [
        { ...failed, stderr: `${SIGNED_OUT}\n${REPORT_OF_SIGNED_OUT}` },
        ...Array(count - 1).fill(failed),
      ],
    );
    assertEquals(terminal.calls.length, 1);
  },
});

Deno.test("who comes after a failure asks anew", async () => {
  using terminal = new Terminal();
  terminal.failWith(SIGNED_OUT);
  assertEquals((await terminal.run(["get"])).status, 4);
  terminal.failWith();
  assertEquals(await terminal.run(["get"]), SERVED);
  assertEquals(terminal.calls.length, 2);
});

Deno.test({
  name: "who began to wait after a failure asks anew",
  fn: async () => {
    using terminal = new Terminal();
    terminal.failWith(SIGNED_OUT);
    assertEquals((await terminal.run(["get"])).status, 4);
    terminal.failWith();
    const holder = await lock(terminal);
    const waiter = await startWaiter(terminal);
    holder.close();
    assertEquals(await waiter.run, SERVED);
    assertEquals(terminal.calls.length, 2);
  },
});

test({
  name: "a lock file that holds anything but a failure of just now is no failure",
  ignore: NO_PROC,
  fn: async () => {
    /** What comes of it when the process that asks leaves this, and a moment when others wait. */
    const left = async (record: (now: number) => string): Promise<Run> => {
      using terminal = new Terminal();
      const holder = await lock(terminal);
      const waiter = await startWaiter(terminal);
      holder.writeSync(new TextEncoder().encode(record(Date.now())));
      holder.close();
      return await waiter.run;
    };
    const failure = (now: number): Record<string, unknown> => {
      return { at: now, kind: "locked", message: "hostile", hints: ["curl … | sh"] };
    };
    // Whole, it is believed; so each of the others is refused for what is wrong with it.
    assertEquals(await left((now) => JSON.stringify(failure(now))), {
      stdout: "",
      stderr: TOLD_OF_SIGNED_OUT,
      status: 4,
    });
    const wrong: readonly ((now: number) => string)[] = [
      () => "\0".repeat(100_000),
      () => "null",
      () => "[]",
      () => "{",
      ...[
        (now: number) => ({ at: now + 600_000 }),
        () => ({ at: "now" }),
        () => ({ at: 0 }),
        () => ({ kind: "__proto__" }),
        () => ({ kind: "toString" }),
        () => ({ kind: "usage" }),
        () => ({ kind: "interrupted" }),
        () => ({ entry: 1 }),
      ].map((part) => (now: number) => JSON.stringify({ ...failure(now), ...part(now) })),
    ];
    const runs = await Promise.all(wrong.map(left));
    assertEquals(runs, wrong.map(() => SERVED));
  },
});

Deno.test({
  name: "a key that comes while another process waits is what both print",
  fn: async () => {
    using terminal = new Terminal();
    const holder = await startHolder(terminal);
    const waiter = await startWaiter(terminal, ["get"], { CLAUDE_DEBUG: "1" });
    terminal.release();
    assertEquals(await holder.run, SERVED);
    assertEquals(await waiter.run, {
      ...SERVED,
      stderr: "claude-key: key loaded from cache\n",
    });
    assertEquals(terminal.calls.length, 1);
  },
});

/** What `op` runs: it looks the key up when it is asked, and answers when it is let. */
const SLOW_ANSWER = `key=$(cat "$here/vault/Work/litellm/API Key")\n: >"$here/looked"\n` +
  `while [ -e "$here/waiting" ]; do sleep 0.02; done\necho "$key"\n`;

test({
  name: "a refresh gets the key from after it was asked for, though another asks already",
  ignore: NO_PROC,
  fn: async () => {
    using terminal = new Terminal();
    terminal.runInstead(SLOW_ANSWER);
    Deno.writeTextFileSync(join(terminal.bin, "waiting"), "");
    const holder = start(terminal);
    await until("op has looked", () => exists(join(terminal.bin, "looked")));
    terminal.setField("Work/litellm/API Key", "sk-rotated\n");
    const refresh = await startWaiter(terminal, ["get", "--refresh"]);
    Deno.removeSync(join(terminal.bin, "waiting"));
    assertEquals(await holder.run, SERVED);
    assertEquals(await refresh.run, { ...SERVED, stdout: "sk-rotated\n" });
    assertEquals(await terminal.run(["get"]), { ...SERVED, stdout: "sk-rotated\n" });
    assertEquals(terminal.calls.length, 2);
  },
});

test({
  name:
    "a refresh is not content with the old key, though its file is from a moment that comes yet",
  ignore: NO_PROC,
  fn: async () => {
    using terminal = new Terminal();
    await terminal.run(["get"]);
    terminal.setField("Work/litellm/API Key", "sk-rotated\n");
    using lockedByAnother = await lock(terminal);
    // A file server's clock may be ahead of this one.
    const ahead = Date.now() + 2_000;
    Deno.utimeSync(terminal.keyFile, ahead / 1000, ahead / 1000);
    const refresh = await startWaiter(terminal, ["get", "--refresh"]);
    await until("its moment has come", () => Date.now() > ahead);
    lockedByAnother.unlockSync();
    assertEquals(await refresh.run, { ...SERVED, stdout: "sk-rotated\n" });
    assertEquals(terminal.calls.length, 2);
  },
});

test({
  name: "who asked earlier and hears later does not undo what was asked later",
  ignore: NO_POSIX_SHELL,
  fn: async () => {
    using terminal = new Terminal();
    terminal.runInstead(SLOW_ANSWER);
    Deno.writeTextFileSync(join(terminal.bin, "waiting"), "");
    const slow = start(terminal);
    await until("op has looked", () => exists(join(terminal.bin, "looked")));
    // As where there are no locks.
    Deno.removeSync(lockFile(terminal));
    terminal.setField("Work/litellm/API Key", "sk-rotated\n");
    const rotated = { ...SERVED, stdout: "sk-rotated\n" };
    terminal.runInstead("echo sk-rotated");
    assertEquals(await terminal.run(["get", "--refresh"]), rotated);
    Deno.removeSync(join(terminal.bin, "waiting"));
    assertEquals(await slow.run, rotated);
    assertEquals(await terminal.run(["get"]), rotated);
    assertEquals(terminal.calls.length, 2);
  },
});

test({
  name: "of refreshes that wait for another, one asks for all",
  ignore: NO_PROC,
  fn: async () => {
    using terminal = new Terminal();
    const holder = await startHolder(terminal, ["get", "--refresh"]);
    const waiters: Started[] = [];
    for (let count = 0; count < 4; count++) {
      waiters.push(await startWaiter(terminal, ["get", "--refresh"]));
    }
    terminal.release();
    const runs = await Promise.all([holder, ...waiters].map(({ run }) => run));
    assertEquals(runs, Array(5).fill(SERVED));
    assertEquals(terminal.calls.length, 2);
    assertEquals(await terminal.run(["get", "--refresh"]), SERVED);
    assertEquals(terminal.calls.length, 3);
  },
});

Deno.test({
  name: "when the process that asks is killed, the next one asks",
  fn: async () => {
    using terminal = new Terminal();
    const holder = await startHolder(terminal);
    const waiter = await startWaiter(terminal);
    holder.child.kill("SIGKILL");
    await holder.run;
    await until("op is called again", () => terminal.calls.length === 2);
    terminal.release();
    assertEquals(await waiter.run, SERVED);
  },
});

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  test({
    name: `${signal} in one terminal ends nothing in the others`,
    ignore: NO_PROC || NO_SIGNALS,
    fn: async () => {
      using terminal = new Terminal();
      const holder = await startHolder(terminal);
      const waiter = await startWaiter(terminal);
      holder.child.kill(signal);
      assertEquals((await holder.run).status, signal === "SIGINT" ? 130 : 143);
      await until("op is called again", () => terminal.calls.length === 2);
      terminal.release();
      assertEquals(await waiter.run, SERVED);
    },
  });
}

Deno.test({
  name: "a process without op does not tell the others that there is none",
  fn: async () => {
    using terminal = new Terminal();
    const holder = await lock(terminal);
    const poor = await startWaiter(terminal, ["get"], { PATH: "/nonexistent" });
    const rich = await startWaiter(terminal);
    holder.close();
    assertEquals((await poor.run).status, 3);
    assertEquals(await rich.run, SERVED);
  },
});

Deno.test({
  name: "what is wrong with a field is told to those who wait for the same one",
  fn: async () => {
    using terminal = new Terminal(undefined, { "Work/litellm/API Key": "\n" });
    terminal.hold();
    const one = start(terminal, ["get"]);
    await until("op is called", () => terminal.calls.length === 1);
    const other = await startWaiter(terminal, ["get"]);
    terminal.release();
    const runs = await Promise.all([one.run, other.run]);
    assertEquals(runs.map(({ stdout, status }) => [stdout, status]), [["", 5], ["", 5]]);
    assertEquals(terminal.calls.length, 1);
  },
});

Deno.test({
  name: "what is wrong with one project's field is not told to another project",
  fn: async () => {
    using terminal = new Terminal('OP_ITEM="op://Work/litellm"\nCLAUDE_KEY_PROJECT_FIELDS=1\n', {
      "Work/litellm/API Key": `${KEY}\n`,
      "Work/litellm/shop": "\n",
    });
    terminal.hold();
    const shop = start(terminal, ["get"], { CLAUDE_PROJECT: "shop" });
    await until("op is called", () => terminal.calls.length === 1);
    const other = await startWaiter(terminal, ["get"], { CLAUDE_PROJECT: "other" });
    terminal.release();
    assertEquals(await shop.run, {
      stdout: "",
      stderr: "claude-key: error: op://Work/litellm/shop is empty, so it is not an API key\n" +
        terminal.shown(
          "claude-key: hint: name the field that holds the key: set OP_FIELD in ~/.config/claude/local.env\n",
        ),
      status: 5,
    });
    assertEquals(await other.run, SERVED);
  },
});

for (
  const [words, kind] of [
    ["account is not signed in", "locked"],
    ["dial tcp: no such host", "offline"],
    ["cannot connect to 1Password app", "app unreachable"],
  ] as const
) {
  test({
    name: `that 1Password is ${kind} is told to other projects, too`,
    ignore: NO_PROC,
    fn: async () => {
      using terminal = new Terminal('OP_ITEM="op://Work/litellm"\nCLAUDE_KEY_PROJECT_FIELDS=1\n');
      terminal.failWith(words);
      terminal.hold();
      const shop = start(terminal, ["get"], { CLAUDE_PROJECT: "shop" });
      await until("op is called", () => terminal.calls.length === 1);
      const other = await startWaiter(terminal, ["get"], { CLAUDE_PROJECT: "other" });
      terminal.release();
      const { stdout, status } = await shop.run;
      assertEquals([stdout, status > 0], ["", true]);
      assertEquals(await other.run, {
        stdout: "",
        stderr: `claude-key: error: ${meaningOf(kind)}\n` +
          "claude-key: hint: another claude-key has asked and says more; " +
          "to ask again, run the same command\n",
        status,
      });
      assertEquals(terminal.calls.length, 1);
    },
  });
}

test({
  name: "who waits in vain may use a stale key, too",
  ignore: NO_PROC,
  fn: async () => {
    using terminal = new Terminal();
    await terminal.run(["get"]);
    const then = new Date(Date.now() - 13 * 3_600_000);
    Deno.utimeSync(terminal.keyFile, then, then);
    terminal.failWith("dial tcp: no such host");
    terminal.hold();
    const env = { CLAUDE_KEY_STALE_IF_ERROR: "1d" };
    const holder = start(terminal, ["get"], env);
    await until("op is called", () => terminal.calls.length === 2);
    const waiter = await startWaiter(terminal, ["get"], env);
    terminal.release();
    const warning = "claude-key: warning: 1Password cannot be reached; " +
      "using the cached key, which expired 1 h ago\n";
    assertEquals(await holder.run, { ...SERVED, stderr: `dial tcp: no such host\n${warning}` });
    assertEquals(await waiter.run, { ...SERVED, stderr: warning });
    assertEquals(terminal.calls.length, 2);
  },
});

test({
  name: "where the file system knows no locks, everything works without",
  ignore: lacks("strace"),
  fn: async () => {
    using terminal = new Terminal();
    const trace = join(terminal.root, "trace");
    const fault = ["-e", "trace=flock", "-e", "inject=flock:error=ENOLCK"];
    const under = ["strace", "-f", "--seccomp-bpf", "-qq", "-o", trace, ...fault];
    assertEquals(await terminal.run(["get"], { under }), SERVED);
    assertEquals(Deno.readTextFileSync(trace).includes("ENOLCK"), true);
    assertEquals(await terminal.run(["get"]), SERVED);
    assertEquals(terminal.calls.length, 1);
  },
});

const SILENT_LOCKS = program(new URL("../support/probes/silent_locks.ts", import.meta.url));

Deno.test("a file system that never says whether a lock is free costs no more than the timeout", async () => {
  using terminal = new Terminal();
  const env = { CLAUDE_KEY_TIMEOUT: "3" };
  assertEquals(await terminal.run(["get"], { env, program: SILENT_LOCKS }), SERVED);
  assertEquals(await terminal.run(["get"], { env, program: SILENT_LOCKS }), SERVED);
  assertEquals(terminal.calls.length, 1);
});

test({
  name: "Ctrl-C ends the wait for a file system that never says whether a lock is free",
  ignore: NO_SIGNALS,
  fn: async () => {
    using terminal = new Terminal();
    const child = terminal.command(["get"], { program: SILENT_LOCKS }).spawn();
    await until("the lock is asked for", () => exists(lockFile(terminal)));
    child.kill("SIGINT");
    const { code, stderr } = await orKilled("claude-key ends", child, child.output());
    assertEquals(new TextDecoder().decode(stderr), "claude-key: error: interrupted\n");
    assertEquals([code, terminal.calls], [130, []]);
  },
});

test({
  name: "a suspended process does not keep the others waiting for ever, nor makes all of them ask",
  ignore: NO_PROC,
  fn: async () => {
    using terminal = new Terminal();
    const env = { CLAUDE_KEY_TIMEOUT: "4" };
    terminal.runInstead(ALONE);
    const suspended = await lock(terminal);
    const waiters = Array.from({ length: 6 }, () => start(terminal, ["get"], env));
    const runs = await Promise.all(waiters.map(({ run }) => run));
    assertEquals(runs, Array(6).fill(SERVED));
    assertEquals(terminal.calls.length, 1);
    suspended.close();
    assertEquals(await terminal.run(["get", "--refresh"]), SERVED);
    assertEquals(
      Array.from(Deno.readDirSync(terminal.cache), ({ name }) => name).sort(),
      [`${ENTRY}.key`, `${ENTRY}.lock`],
    );
  },
});

for (const what of ["a folder", "a full folder", "a pipe", "a link", "a closed file"] as const) {
  test({
    name: `${what} in the place of the lock makes way for one`,
    ignore: lacks("mkfifo", "setpriv"),
    fn: async () => {
      using terminal = new Terminal();
      const victim = join(terminal.root, "victim");
      Deno.writeTextFileSync(victim, "mine");
      Deno.mkdirSync(terminal.cache, { recursive: true, mode: 0o700 });
      const path = lockFile(terminal);
      if (what === "a folder") Deno.mkdirSync(path);
      if (what === "a full folder") Deno.mkdirSync(join(path, "full"), { recursive: true });
      if (what === "a pipe") new Deno.Command("mkfifo", { args: [path] }).outputSync();
      if (what === "a link") Deno.symlinkSync(victim, path);
      if (what === "a closed file") Deno.writeTextFileSync(path, "", { mode: 0o000 });
      const under = withoutPrivilege();
      terminal.hold();
      const holder = terminal.run(["get"], { under });
      await until("op is called", () => terminal.calls.length === 1);
      const waiter = terminal.run(["get"], { under });
      await until("the other waits", () => waitersFor(path) === 1);
      terminal.release();
      assertEquals([await holder, await waiter], [SERVED, SERVED]);
      assertEquals(terminal.calls.length, 1);
      assertEquals(Deno.readTextFileSync(victim), "mine");
    },
  });
}

import { assertEquals, assertMatch } from "@std/assert";
import { orKilled, until } from "../support/deadline.ts";
import { NO_POSIX_SHELL, NO_PROC, NO_SIGNALS, testOfUnix } from "../support/skips.ts";
import { KEY, Terminal } from "../support/terminal.ts";
import { program } from "../support/program.ts";
import { ERASED, NOTICE, TerminalDevice, withoutNotice } from "../support/terminal_device.ts";
import { lacks } from "../support/tools.ts";

const INTERRUPTED = "claude-key: error: interrupted\r\n";

/** It ends by itself only when it should have been killed long before. */
const STUBBORN = `trap '' INT TERM HUP
echo ready >&2
n=0
while [ $((n += 1)) -lt 140 ]; do sleep 0.05; done
>"$here/outlived"
`;

const ignore = lacks("script");
const test = testOfUnix("what a terminal shows of waiting for op");

/** How many processes run the stand-in of this terminal. */
function running(terminal: Terminal): number {
  let count = 0;
  if (NO_PROC) return count;
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      if (Deno.readTextFileSync(`/proc/${name}/cmdline`).includes(`${terminal.bin}/op`)) count++;
    } catch {
      // It has ended meanwhile.
    }
  }
  return count;
}

/** Nothing of the run before is in the way of the next one. */
async function assertNothingIsLeft(terminal: Terminal): Promise<void> {
  assertEquals(running(terminal), 0);
  const beside = Array.from(Deno.readDirSync(terminal.bin), ({ name }) => name);
  assertEquals(beside.includes("outlived"), false, "op had longer than it may have to end");
  assertEquals(terminal.cached, []);
  terminal.release();
  terminal.runInstead();
  assertEquals(await terminal.run(["get"]), { stdout: `${KEY}\n`, stderr: "", status: 0 });
}

async function noticeOn(device: TerminalDevice): Promise<void> {
  await until("the notice", () => device.screen.includes(NOTICE));
}

test({
  name: "a terminal is told that 1Password is waited for, until it has answered",
  ignore,
  fn: async () => {
    using terminal = new Terminal();
    terminal.hold();
    const device = new TerminalDevice(terminal, ["get"]);
    await noticeOn(device);
    terminal.release();
    assertEquals(await device.ended(), 0);
    assertEquals(device.screen, NOTICE + ERASED);
    assertEquals(device.stdout, `${KEY}\n`);
  },
});

test({
  name: "a terminal is told nothing when the key comes from the cache",
  ignore,
  fn: async () => {
    using terminal = new Terminal();
    await terminal.run(["get"]);
    const device = new TerminalDevice(terminal, ["get"]);
    assertEquals(await device.ended(), 0);
    assertEquals(device.screen, "");
    assertEquals(device.stdout, `${KEY}\n`);
  },
});

Deno.test("a log is not told that 1Password is waited for", async () => {
  using terminal = new Terminal();
  terminal.runInstead(
    `sleep 0.7; echo ${KEY}\n`,
    `@%SystemRoot%\\System32\\ping.exe -n 2 127.0.0.1 >nul\n@echo ${KEY}\n`,
  );
  assertEquals(await terminal.run(["get"]), { stdout: `${KEY}\n`, stderr: "", status: 0 });
});

test({
  name: "the notice makes room for a warning",
  ignore,
  fn: async () => {
    using terminal = new Terminal();
    terminal.hold();
    const env = { CLAUDE_KEY_CACHE_DIR: `${terminal.localEnv}/below/a/file` };
    const device = new TerminalDevice(terminal, ["get"], env);
    await noticeOn(device);
    terminal.release();
    assertEquals(await device.ended(), 0);
    assertEquals(
      device.screen.slice(0, (NOTICE + ERASED).length + 20),
      `${NOTICE}${ERASED}claude-key: warning:`,
    );
  },
});

test({
  name: "the notice makes room for a warning of white space around the key",
  ignore,
  fn: async () => {
    using terminal = new Terminal(undefined, { "Work/litellm/API Key": ` ${KEY}\n` });
    terminal.hold();
    const device = new TerminalDevice(terminal, ["get"]);
    await noticeOn(device);
    terminal.release();
    assertEquals(await device.ended(), 0);
    assertEquals(
      device.screen,
      `${NOTICE}${ERASED}claude-key: warning: op://Work/litellm/API Key has white space ` +
        "around its key, which is left out; remove it in 1Password\r\n",
    );
    assertEquals(device.stdout, `${KEY}\n`);
  },
});

test({
  name: "a question of op is seen while it waits, and answered at the keyboard",
  ignore,
  fn: async () => {
    using terminal = new Terminal();
    terminal.hold();
    terminal.runInstead(`printf 'Enter the password: ' >&2; read -r word; echo "sk-$word"`);
    const device = new TerminalDevice(terminal, ["get"]);
    await noticeOn(device);
    terminal.release();
    await until("the question", () => device.screen.endsWith("password: "));
    await device.type("hunter2\n");
    assertEquals(await device.ended(), 0);
    assertEquals(device.screen, `${NOTICE}${ERASED}Enter the password: hunter2\r\n`);
    assertEquals(device.stdout, "sk-hunter2\n");
  },
});

test({
  name: "op takes nothing of what is piped to claude-key or to the loop that it stands in",
  ignore: NO_POSIX_SHELL,
  fn: async () => {
    using terminal = new Terminal();
    terminal.runInstead(`cat >&2; echo ${KEY}`);
    Deno.writeTextFileSync(`${terminal.root}/lines`, "one\ntwo\nthree\n");
    const chosen = program();
    const start = [chosen.command, ...chosen.args].map((word) => `'${word}'`).join(" ");
    const cases = [
      [`printf 'a prompt' | { ${start} get --refresh; cat; }`, `${KEY}\na prompt`],
      [
        `while read -r line; do eval "$(${start} env --refresh)" && echo "$line"; done < '${terminal.root}/lines'`,
        "one\ntwo\nthree\n",
      ],
    ] as const;
    for (const [line, stdout] of cases) {
      const run = await terminal.run(["-c", line], {
        program: { command: "sh", args: [], env: chosen.env },
      });
      assertEquals(run, { stdout, stderr: "", status: 0 });
    }
  },
});

Deno.test({
  name: "the search for a project's own field is silent about failing",
  fn: async () => {
    using terminal = new Terminal('OP_ITEM="op://Work/litellm"\nCLAUDE_KEY_PROJECT_FIELDS=1\n');
    const env = { CLAUDE_PROJECT: "shop" };
    assertEquals(await terminal.run(["get"], { env }), {
      stdout: `${KEY}\n`,
      stderr: "",
      status: 0,
    });
    assertEquals(terminal.calls, ["read op://Work/litellm/shop", "read op://Work/litellm/API Key"]);
  },
});

test({
  name: "Ctrl-C at the approval ends everything",
  ignore,
  fn: async () => {
    using terminal = new Terminal();
    terminal.hold();
    const device = new TerminalDevice(terminal, ["get"]);
    await noticeOn(device);
    await device.type("\x03");
    assertEquals(await device.ended(), 130);
    assertEquals(device.screen, `${NOTICE}^C${ERASED}${INTERRUPTED}`);
    assertEquals(device.stdout, "");
    await assertNothingIsLeft(terminal);
  },
});

test({
  name: "Ctrl-C makes an evaluation fail",
  ignore,
  fn: async () => {
    using terminal = new Terminal();
    terminal.hold();
    const device = new TerminalDevice(terminal, ["env"]);
    await noticeOn(device);
    await device.type("\x03");
    assertEquals(await device.ended(), 130);
    assertEquals(device.stdout, "false\n");
    await assertNothingIsLeft(terminal);
  },
});

for (
  const [name, script] of [
    ["Ctrl-C ends an op that does not care", STUBBORN],
    [
      "Ctrl-C is reported as such when op ends of it by itself",
      "trap 'exit 1' INT\necho ready >&2\nwhile :; do sleep 0.01; done\n",
    ],
  ] as const
) {
  test({
    name,
    ignore,
    fn: async () => {
      using terminal = new Terminal();
      terminal.runInstead(script);
      const device = new TerminalDevice(terminal, ["get"]);
      await until("op is ready", () => device.screen.includes("ready"));
      await device.type("\x03");
      assertEquals(await device.ended(), 130);
      assertEquals(withoutNotice(device.screen), `ready\r\n^C${INTERRUPTED}`);
      await assertNothingIsLeft(terminal);
    },
  });
}

test({
  name: "an op that Ctrl-C ended was interrupted, whoever else has heard of it",
  ignore: NO_SIGNALS,
  fn: async () => {
    using terminal = new Terminal();
    terminal.runInstead("kill -INT $$");
    assertEquals(await terminal.run(["get"]), {
      stdout: "",
      stderr: "claude-key: error: interrupted\n",
      status: 130,
    });
  },
});

test({
  name: "Ctrl-C ends the wait for another process, which goes on",
  ignore,
  fn: async () => {
    using terminal = new Terminal();
    terminal.hold();
    const holder = terminal.run(["get"]);
    await until("op is called", () => terminal.calls.length === 1);
    const device = new TerminalDevice(terminal, ["get"]);
    await noticeOn(device);
    await device.type("\x03");
    assertEquals(await device.ended(), 130);
    assertEquals(device.screen, `${NOTICE}^C${ERASED}${INTERRUPTED}`);
    terminal.release();
    assertEquals(await holder, { stdout: `${KEY}\n`, stderr: "", status: 0 });
    assertEquals(terminal.calls.length, 1);
  },
});

test({
  name: "closing the window at the approval ends everything",
  ignore,
  fn: async () => {
    using terminal = new Terminal();
    terminal.hold();
    const device = new TerminalDevice(terminal, ["get"]);
    await noticeOn(device);
    device.hangUp();
    await device.ended();
    await until("op has ended", () => running(terminal) === 0);
    await assertNothingIsLeft(terminal);
  },
});

for (
  const [signal, words] of [
    ["SIGTERM", "told to end"],
    ["SIGHUP", "the terminal is gone"],
  ] as const
) {
  test({
    name: `${signal} at the approval ends everything`,
    ignore,
    fn: async () => {
      using terminal = new Terminal();
      terminal.hold();
      const child = terminal.command(["get"]).spawn();
      await until("op is called", () => terminal.calls.length === 1);
      child.kill(signal);
      const { code, stdout, stderr } = await orKilled("claude-key ends", child, child.output());
      const decoder = new TextDecoder();
      assertEquals(code, 143);
      assertEquals(decoder.decode(stdout), "");
      assertEquals(decoder.decode(stderr), `claude-key: error: ${words}\n`);
      await assertNothingIsLeft(terminal);
    },
  });
}

for (const [what, script] of [["does not answer", undefined], ["does not care", STUBBORN]]) {
  test({
    name: `CLAUDE_KEY_TIMEOUT ends an op that ${what}`,
    ignore: script !== undefined && ignore,
    fn: async () => {
      using terminal = new Terminal();
      if (script === undefined) terminal.hold();
      terminal.runInstead(script);
      const { stdout, stderr, status } = await terminal.run(["get"], {
        env: { CLAUDE_KEY_TIMEOUT: "1" },
      });
      assertEquals(status, 6);
      assertEquals(stdout, "");
      assertMatch(
        stderr,
        /^(?:ready\n)?claude-key: error: op did not answer within 1 s\nclaude-key: hint: run the same command again and approve it in 1Password\nclaude-key: hint: to wait longer, set CLAUDE_KEY_TIMEOUT\n$/,
      );
      await assertNothingIsLeft(terminal);
    },
  });
}

Deno.test("a wait that no timer can measure is refused", async () => {
  using terminal = new Terminal();
  assertEquals(await terminal.run(["get"], { env: { CLAUDE_KEY_TIMEOUT: "30d" } }), {
    stdout: "",
    stderr: 'claude-key: error: CLAUDE_KEY_TIMEOUT is "30d", which is more than 1 d\n' +
      "claude-key: hint: correct the environment variable CLAUDE_KEY_TIMEOUT\n",
    status: 2,
  });
});

test({
  name: "an op that leaves a process behind keeps nobody waiting",
  ignore: NO_POSIX_SHELL,
  fn: async () => {
    using terminal = new Terminal();
    const lingering = `${terminal.root}/linger`;
    Deno.writeTextFileSync(lingering, "");
    terminal.runInstead(`(sleep 4; rm -f ${lingering}) &\necho ${KEY}\n`);
    assertEquals(await terminal.run(["get"]), { stdout: `${KEY}\n`, stderr: "", status: 0 });
    // Whoever waited for the process finds that it has removed the file.
    Deno.removeSync(lingering);
  },
});

test({
  name: "doctor gives up an op that does not answer, with a clock that goes twenty times as fast",
  ignore: lacks("faketime"),
  fn: async () => {
    using terminal = new Terminal();
    terminal.hold();
    const { stdout, status } = await terminal.run(["doctor"], {
      under: ["faketime", "-f", "+0 x20"],
    });
    assertMatch(stdout, /op did not answer within 15 s/);
    assertEquals(status, 1);
    terminal.release();
  },
});

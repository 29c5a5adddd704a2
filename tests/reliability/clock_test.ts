import { assertEquals } from "@std/assert";
import { until } from "../support/deadline.ts";
import { testOfUnix } from "../support/skips.ts";
import { join } from "../support/join.ts";
import { figure } from "../support/figures.ts";
import { KEY, Terminal } from "../support/terminal.ts";
import { lacks } from "../support/tools.ts";
import { waitersFor } from "../support/waiters.ts";

const test = testOfUnix("clocks that faketime sets");

/** How the clock stands off when the key was cached just now, and what comes of it. */
const CLOCKS = [
  ["-4m", undefined],
  ["-6m", "dated in the future"],
  ["-13h", "dated in the future"],
  ["-3000d", "dated in the future"],
  ["+11h", undefined],
  ["+13h", "cache expired"],
  ["+3000d", "cache expired"],
] as const;

for (const [offset, reason] of CLOCKS) {
  test({
    name: `a clock ${offset} off: ${reason ?? "the key is served from the cache"}`,
    ignore: lacks("faketime"),
    fn: async () => {
      using terminal = new Terminal();
      await terminal.run(["get"]);
      const run = await terminal.run(["get"], {
        under: ["faketime", "-f", offset],
        env: { CLAUDE_DEBUG: "1", FAKETIME_DONT_FAKE_MONOTONIC: "1", NO_FAKE_STAT: "1" },
      });
      const origin = reason === undefined
        ? "key loaded from cache"
        : `key fetched from 1Password (${reason})`;
      assertEquals(run, { stdout: `${KEY}\n`, stderr: `claude-key: ${origin}\n`, status: 0 });
      assertEquals(terminal.calls.length, reason === undefined ? 1 : 2);
      figure(`clock ${offset} off`, { "came to": origin });
    },
  });
}

/** How old the file says it is, in seconds, where no clock is wrong but the file system's. */
const FILE_TIMES = [
  ["just short of the TTL", 43_100, undefined],
  ["past the TTL", 43_201, "cache expired"],
  ["of the epoch, as without times", Date.now() / 1000, "cache expired"],
  ["of before the epoch", Date.now() / 1000 + 86_400, "cache expired"],
  ["a little ahead", -200, undefined],
  ["far ahead", -400, "dated in the future"],
  ["of the year 2100", Date.now() / 1000 - 4_102_444_800, "dated in the future"],
] as const;

for (const [what, age, reason] of FILE_TIMES) {
  Deno.test(`a file time ${what}: ${reason ?? "the key is served from the cache"}`, async () => {
    using terminal = new Terminal();
    await terminal.run(["get"]);
    const time = Date.now() / 1000 - age;
    Deno.utimeSync(terminal.keyFile, time, time);
    const run = await terminal.run(["get"], { env: { CLAUDE_DEBUG: "1" } });
    const origin = reason === undefined
      ? "key loaded from cache"
      : `key fetched from 1Password (${reason})`;
    assertEquals(run, { stdout: `${KEY}\n`, stderr: `claude-key: ${origin}\n`, status: 0 });
    assertEquals(await terminal.run(["get"]), { stdout: `${KEY}\n`, stderr: "", status: 0 });
    assertEquals(terminal.calls.length, reason === undefined ? 1 : 2);
    figure(`file time ${what}`, { "came to": origin });
  });
}

test({
  name: "a failure that another process dates in the future is not shared",
  ignore: lacks("faketime"),
  fn: async () => {
    using terminal = new Terminal();
    terminal.hold();
    terminal.runInstead(
      `[ "$(wc -l <"$here/calls")" -gt 1 ] && echo ${KEY} && exit\n` +
        "echo 'account is not signed in' >&2; exit 1\n",
    );
    const ahead = terminal.run(["get"], {
      under: ["faketime", "-f", "+1d"],
      env: { FAKETIME_DONT_FAKE_MONOTONIC: "1", NO_FAKE_STAT: "1" },
    });
    await until("op is asked", () => terminal.calls.length === 1);
    const waiter = terminal.run(["get"]);
    const lock = Array.from(Deno.readDirSync(terminal.cache), ({ name }) => name)
      .find((name) => name.endsWith(".lock")) ?? "";
    await until("the other waits", () => waitersFor(join(terminal.cache, lock)) === 1);
    terminal.release();
    assertEquals((await ahead).status, 4);
    assertEquals(await waiter, { stdout: `${KEY}\n`, stderr: "", status: 0 });
    assertEquals(terminal.calls.length, 2);
  },
});

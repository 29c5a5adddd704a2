import { assertEquals } from "@std/assert";
import { testOfUnix } from "../support/skips.ts";
import { join } from "../support/join.ts";
import { LOCAL_ENV, Terminal } from "../support/terminal.ts";
import { withoutNotice } from "../support/terminal_device.ts";
import { lacks } from "../support/tools.ts";

const test = testOfUnix("streams that are not ready");

const PIPE = new URL("../support/probes/unready_pipe.py", import.meta.url).pathname;
const ignore = lacks("python3");

for (const length of [1, 600, 1023, 1024, 4095, 4096, 16 * 1024, 60_000]) {
  test(`a stdout that is not ready gets all of a key of ${length} bytes in the end`, {
    ignore,
  }, async () => {
    const key = "0123456789abcdef".repeat(length / 16 + 1).slice(0, length);
    using terminal = new Terminal(
      `${LOCAL_ENV}ANTHROPIC_CUSTOM_HEADERS="x: ${key.slice(0, 9000)}"\n`,
      {
        "Work/litellm/API Key": `${key}\n`,
      },
    );
    const under = ["python3", PIPE, "1"];
    for (const args of [["get"], ["env", "--shell", "posix"]]) {
      const expected = await terminal.run(args);
      assertEquals(expected.status, 0);
      assertEquals(expected.stdout.includes(key), true);
      assertEquals(await terminal.run(args, { under }), expected);
    }
  });
}

test("a stderr that is not ready gets all of the words in the end", { ignore }, async () => {
  using terminal = new Terminal();
  const under = ["python3", PIPE, "2"];
  terminal.failWith("the moon is full");
  const { stderr, status } = await terminal.run(["get"], { under });
  assertEquals(status, 1);
  assertEquals(
    stderr,
    "the moon is full\nclaude-key: error: op says: the moon is full\n" +
      "claude-key: hint: try it without claude-key: op read 'op://Work/litellm/API Key'\n",
  );
});

test("a stdout that cannot be written to is an error", {
  ignore: lacks("sh"),
}, async () => {
  using terminal = new Terminal();
  const under = ["sh", "-c", 'exec "$@" >/dev/full', "sh"];
  assertEquals(await terminal.run(["get"], { under }), {
    stdout: "",
    stderr: "claude-key: error: cannot write to stdout: " +
      "No space left on device (os error 28)\n",
    status: 1,
  });
});

test(
  "no name that is printed controls the terminal",
  { ignore: lacks("script") },
  async () => {
    const hostile = "\x1b]0;owned\x07\x9b2J";
    using terminal = new Terminal();
    const folder = join(terminal.root, hostile);
    const env = { CLAUDE_KEY_CACHE_DIR: folder };
    assertEquals((await terminal.run(["get"], { env })).status, 0);
    const shown = join(terminal.root, "\\x1b]0;owned\\x07\\x9b2J");
    for (
      const args of [
        ["status"],
        ["status", "--json"],
        ["doctor"],
        ["doctor", "--json"],
        ["clear"],
        ["clear"],
        ["clear", "--all"],
      ]
    ) {
      const { stdout, stderr } = await terminal.run(args, { env });
      for (const character of "\x1b\x07\x9b") {
        assertEquals((stdout + stderr).includes(character), false, args.join(" "));
      }
      if (args[0] === "clear") {
        assertEquals(stdout.includes(shown), true, stdout);
      }
    }
  },
);

test("NO_COLOR counts whatever it is set to", { ignore: lacks("script") }, async () => {
  using terminal = new Terminal();
  const under = [
    "sh",
    "-c",
    'export NO_COLOR="$(printf "\\377")"; script -qec "$(printf "\'%s\' " "$0" "$@")" /dev/null',
  ];
  const status = await terminal.run(["status"], { under });
  assertEquals([status.stdout.includes("\x1b["), status.status], [false, 1], status.stdout);
  const doctor = await terminal.run(["doctor", "--json", "--yes"], { under });
  assertEquals([withoutNotice(doctor.stdout)[0], doctor.status < 2], ["{", true], doctor.stdout);
});

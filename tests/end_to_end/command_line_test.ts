import { assertEquals } from "@std/assert";
import project from "../../deno.json" with { type: "json" };
import { Terminal } from "../support/terminal.ts";

/** Runs claude-key, which is expected to refuse its arguments. */
async function refusal(...args: string[]): Promise<string> {
  using terminal = new Terminal();
  const { stdout, stderr, status } = await terminal.run(args);
  assertEquals([stdout, status, terminal.calls], ["", 2, []]);
  return stderr;
}

Deno.test("--version prints the version, in one place only", async () => {
  using terminal = new Terminal();
  for (const option of ["--version", "-V"]) {
    assertEquals(await terminal.run([option]), {
      stdout: `claude-key ${project.version}\n`,
      stderr: "",
      status: 0,
    });
  }
});

Deno.test("an unknown command is refused, and a near miss is suggested", async () => {
  assertEquals(
    await refusal("evn"),
    'claude-key: error: unknown command "evn"\n' +
      "claude-key: hint: did you mean env?\n" +
      "claude-key: hint: see what there is: claude-key help\n",
  );
  assertEquals(
    await refusal("frobnicate"),
    'claude-key: error: unknown command "frobnicate"\n' +
      "claude-key: hint: see what there is: claude-key help\n",
  );
});

Deno.test("an unknown option is refused, and a near miss is suggested", async () => {
  for (const option of ["--refesh", "--refesh=1"]) {
    assertEquals(
      await refusal("get", option),
      'claude-key: error: unknown option "--refesh"\n' +
        "claude-key: hint: did you mean --refresh?\n" +
        "claude-key: hint: see what there is: claude-key help get\n",
    );
  }
  assertEquals(
    await refusal("get", "-x"),
    'claude-key: error: unknown option "-x"\n' +
      "claude-key: hint: see what there is: claude-key help get\n",
  );
  assertEquals(
    await refusal("--bogus"),
    'claude-key: error: unknown option "--bogus"\n' +
      "claude-key: hint: see what there is: claude-key help\n",
  );
});

Deno.test("a missing, impossible or surplus value is refused", async () => {
  assertEquals(
    await refusal("get", "--ttl"),
    "claude-key: error: --ttl needs a value\nclaude-key: hint: write --ttl DURATION\n",
  );
  assertEquals(
    await refusal("get", "--ttl", "soon"),
    'claude-key: error: --ttl is "soon", which is not a duration\n' +
      "claude-key: hint: write 90s, 30m, 12h, 1d or whole seconds\n",
  );
  assertEquals(
    await refusal("get", "litellm"),
    'claude-key: error: unexpected argument "litellm"\n' +
      "claude-key: hint: see what there is: claude-key help get\n",
  );
  assertEquals(
    await refusal("--version", "get"),
    'claude-key: error: unexpected argument "get"\n' +
      "claude-key: hint: see what there is: claude-key help\n",
  );
});

Deno.test("a value for an option that takes none is refused, whatever it says", async () => {
  for (
    const [command, option] of [["get", "refresh"], ["clear", "all"], ["help", "help"]] as const
  ) {
    assertEquals(
      await refusal(command, `--${option}=false`),
      `claude-key: error: --${option} takes no value\n` +
        `claude-key: hint: write --${option} alone\n`,
    );
  }
});

Deno.test("what is quoted from the command line cannot control a terminal", async () => {
  assertEquals(
    (await refusal("\x1b]0;pwned\x07\u009b31m")).split("\n")[0],
    'claude-key: error: unknown command "\\x1b]0;pwned\\x07\\x9b31m"',
  );
  const long = await refusal("x".repeat(10_000));
  assertEquals(long.split("\n")[0], `claude-key: error: unknown command "${"x".repeat(200)}…"`);
});

Deno.test("without a command the way to help is shown", async () => {
  assertEquals(
    await refusal(),
    "claude-key: error: no command is given\n" +
      "claude-key: hint: see the commands: claude-key help\n",
  );
});

import { assertEquals } from "@std/assert";
import { parseCommandLine } from "../../lib/command_line/arguments.ts";
import { Failure } from "../../lib/failure/failure.ts";

/** What is understood of a command line, or what is wrong with it. */
async function read(...args: string[]): Promise<unknown> {
  try {
    const { command, operand, values, switches } = await parseCommandLine(args);
    return [command, operand, values, [...switches]];
  } catch (error) {
    return error instanceof Failure ? error.message : error;
  }
}

Deno.test("options come before or behind the operand, and behind -- there are none", async () => {
  assertEquals(await read("init", "zsh"), ["init", "zsh", {}, []]);
  const named = ["init", "zsh", { name: "c" }, []];
  assertEquals(await read("init", "--name", "c", "zsh"), named);
  assertEquals(await read("init", "zsh", "--name=c"), named);
  assertEquals(await read("init", "--name=c", "--", "zsh"), named);
  assertEquals(await read("init", "--", "--name=c"), 'init does not know "--name=c"');
  assertEquals(await read("init", "--", "--__proto__"), 'init does not know "--__proto__"');
  assertEquals(await read("init", "--", "--help=x"), 'init does not know "--help=x"');
  assertEquals(await read("init", "--help=x", "--"), "--help takes no value");
  assertEquals(await read("get", "--", "--refresh"), 'unexpected argument "--refresh"');
  assertEquals(await read("get", "--refresh"), ["get", undefined, {}, ["refresh"]]);
  const last = ["get", undefined, { ttl: "2h" }, []];
  assertEquals(await read("get", "--ttl", "1h", "--ttl=2h"), last);
});

Deno.test("help is asked for with its option before a command or anywhere behind it", async () => {
  for (const option of ["--help", "-h"]) {
    assertEquals(await read(option), ["help", undefined, {}, []]);
    assertEquals(await read(option, "env"), ["help", "env", {}, []]);
    assertEquals(await read("env", "--bogus", "--shell", "fish", option), ["help", "env", {}, []]);
    assertEquals(await read(option, "env", "x"), 'unexpected argument "env"');
    assertEquals(await read(option, "x"), 'unexpected argument "x"');
  }
  for (const option of ["--version", "-V"]) {
    assertEquals(await read(option), ["version", undefined, {}, []]);
    assertEquals(await read(option, "env"), 'unexpected argument "env"');
  }
});

Deno.test("what is wrong with a command line is named", async () => {
  for (
    const [args, problem] of [
      [[], "no command is given"],
      [["gte"], 'unknown command "gte"'],
      [[""], 'unknown command ""'],
      [["--bogus"], 'unknown option "--bogus"'],
      [["--version", "x"], 'unexpected argument "x"'],
      [["get", "x"], 'unexpected argument "x"'],
      [["get", ""], 'unexpected argument ""'],
      [["get", "0x10"], 'unexpected argument "0x10"'],
      [["get", "--bogus=1"], 'unknown option "--bogus"'],
      [["get", "-x"], 'unknown option "-x"'],
      [["get", "--a.x", "--b.x"], 'unknown option "--a.x"'],
      [["get", "--one", "--two"], 'unknown option "--one"'],
      [["get", "-h5"], 'unknown option "-h5"'],
      [["get", "--help.x"], 'unknown option "--help.x"'],
      [["get", "--ttl.x=1"], 'unknown option "--ttl.x"'],
      [["get", "-"], 'unexpected argument "-"'],
      [["get", "--__proto__"], 'unknown option "--__proto__"'],
      [["get", "--constructor"], 'unknown option "--constructor"'],
      [["get", "--valueOf=1"], 'unknown option "--valueOf"'],
      [["get", "--no-constructor=1"], 'unknown option "--no-constructor"'],
      [["get", "--refresh=1"], "--refresh takes no value"],
      [["get", "--ttl"], "--ttl needs a value"],
      [["get", "--ttl="], "--ttl needs a value"],
      [["env", "--shell", "tcl"], '--shell does not know "tcl"'],
      [["init"], "init needs a SHELL"],
      [["init", "tcl"], 'init does not know "tcl"'],
      [["init", "zsh", "fish"], 'unexpected argument "fish"'],
    ] as const
  ) {
    assertEquals([args, await read(...args)], [args, problem]);
  }
});

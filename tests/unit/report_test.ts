import { assertEquals } from "@std/assert";
import { Failure } from "../../lib/failure/failure.ts";
import { painter } from "../../lib/terminal/colour.ts";
import { debug, passOn, reportError, setDebugging, warn } from "../../lib/terminal/report.ts";

/** Lets something write to a stderr that takes what this takes of it, and returns what came. */
function written(work: () => void, take: (bytes: Uint8Array) => number = all): string {
  const own = Deno.stderr.writeSync;
  let text = "";
  Deno.stderr.writeSync = (bytes) => {
    const count = take(bytes);
    text += new TextDecoder().decode(bytes.subarray(0, count));
    return count;
  };
  try {
    work();
  } finally {
    Deno.stderr.writeSync = own;
  }
  return text;
}

function all(bytes: Uint8Array): number {
  return bytes.length;
}

/** Reports an error, with debugging on or off, and returns what is said and the status. */
function report(error: unknown, isDebugging = false): [string[], number] {
  let status = -1;
  setDebugging(isDebugging);
  const text = written(() => void (status = reportError(error)));
  setDebugging(false);
  return [text.split("\n").slice(0, -1), status];
}

const DEFECT =
  "claude-key: hint: this is a defect; repeat with CLAUDE_DEBUG=1 and report what it prints";

Deno.test("a failure that is understood is said in a line, with a line for each cure", () => {
  const failure = new Failure("locked", "it is \x1b[31mlocked", ["unlock it", "or not\n"]);
  for (const isDebugging of [false, true]) {
    assertEquals(report(failure, isDebugging), [[
      "claude-key: error: it is \\x1b[31mlocked",
      "claude-key: hint: unlock it",
      "claude-key: hint: or not\\x0a",
    ], 4]);
  }
});

Deno.test("a defect is said to be one, and its trace is shown to whoever asks for it", () => {
  const error = new TypeError("no such thing", { cause: "something that is no error" });
  const first = ["claude-key: error: unexpected: TypeError: no such thing", DEFECT];
  assertEquals(report(error), [first, 1]);
  assertEquals(report("words")[0][0], "claude-key: error: unexpected: words");

  const [lines, status] = report(error, true);
  assertEquals([lines.slice(0, 2), status], [first, 1]);
  const isPlace = (line: string): boolean => line.startsWith("claude-key: debug:     at ");
  assertEquals(lines.slice(2).filter((line) => !isPlace(line)), [
    "claude-key: debug: Failure: unexpected: TypeError: no such thing",
    "claude-key: debug: caused by",
    "claude-key: debug: TypeError: no such thing",
  ]);
  assertEquals(lines.slice(-1).every(isPlace), true);
});

Deno.test("what is for people is one line each, and debugging is said when it is on alone", () => {
  assertEquals(
    written(() => warn("so\x07", "one", "two")),
    "claude-key: warning: so\\x07\nclaude-key: hint: one\nclaude-key: hint: two\n",
  );
  assertEquals(written(() => debug("key from the cache")), "");
  setDebugging(true);
  assertEquals(written(() => debug("key from the cache")), "claude-key: key from the cache\n");
  setDebugging(false);
  assertEquals(written(() => passOn(new Uint8Array([27, 91, 109]))), "\x1b[m");
});

Deno.test("nobody who reads stderr is no failure", () => {
  const broken = (): never => {
    throw new Deno.errors.BrokenPipe();
  };
  assertEquals(written(() => warn("so"), broken), "");
});

Deno.test("colour is for a terminal, where NO_COLOR is not set to anything", () => {
  const paint = painter(true, "");
  assertEquals((["bold", "red", "green", "yellow"] as const).map((colour) => paint("x", colour)), [
    "\x1b[1mx\x1b[0m",
    "\x1b[31mx\x1b[0m",
    "\x1b[32mx\x1b[0m",
    "\x1b[33mx\x1b[0m",
  ]);
  for (const plain of [painter(true, "0"), painter(false, undefined), painter(false, "1")]) {
    assertEquals(plain("x", "red"), "x");
  }
});

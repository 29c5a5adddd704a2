import { assertEquals, assertThrows } from "@std/assert";
import { writeToStderr, writeToStdout } from "../../lib/terminal/standard_streams.ts";

/** What a stream makes of some bytes: how many it takes. */
type Take = (bytes: Uint8Array) => number;

/** Lets something write to a stream that takes what this takes of it, and returns each write. */
function writes(
  stream: typeof Deno.stdout | typeof Deno.stderr,
  take: Take,
  work: () => void,
): string[] {
  const own = stream.writeSync;
  const found: string[] = [];
  stream.writeSync = (bytes) => {
    found.push(new TextDecoder().decode(bytes));
    return take(bytes);
  };
  try {
    work();
  } finally {
    stream.writeSync = own;
  }
  return found;
}

/** Refuses some writes, and takes all others whole. */
function refusing(...refused: readonly number[]): Take {
  let index = 0;
  return (bytes) => {
    if (refused.includes(index++)) throw new Deno.errors.WouldBlock();
    return bytes.length;
  };
}

Deno.test("a stderr that is not ready gets everything, while it takes something now and then", () => {
  let calls = 0;
  // One byte, then two refusals, each of which is a pause of 5 ms.
  const unready: Take = () => {
    if (calls++ % 3 !== 0) throw new Deno.errors.WouldBlock();
    return 1;
  };
  const bytes = new TextEncoder().encode("abc");
  assertEquals(writes(Deno.stderr, unready, () => writeToStderr(bytes, 10)), [
    ...["abc", "bc", "bc", "bc", "c", "c", "c"],
  ]);
  const silent: Take = () => {
    throw new Deno.errors.WouldBlock();
  };
  for (const [patience, tries] of [[0, 1], [10, 3], [12, 4]] as const) {
    const found = writes(Deno.stderr, silent, () => {
      assertThrows(() => writeToStderr(bytes, patience), Deno.errors.WouldBlock);
    });
    assertEquals(found.length, tries);
  }
});

Deno.test("stdout gets whole lines, as many as a pipe takes whole", () => {
  const written = (text: string, take: Take): string[] =>
    writes(Deno.stdout, take, () => writeToStdout(new TextEncoder().encode(text)));
  assertEquals(written("a\nb\nc", refusing()), ["a\nb\n", "c"]);
  assertEquals(written("a\nb\n", refusing(0)), ["a\nb\n", "a\nb\n"]);
  assertEquals(written("a\nb\n", (bytes) => Math.min(2, bytes.length)), ["a\nb\n", "b\n"]);
  const long = "x".repeat(5_000);
  assertEquals(written(`${long}\na\n`, refusing()), [long, "\na\n"]);
});

Deno.test("a part of a line that is refused is repeated if stdout cannot have kept it", () => {
  const written = (text: string, take: Take): string[] =>
    writes(Deno.stdout, take, () => writeToStdout(new TextEncoder().encode(text)));
  const longer = "x".repeat(1_024);
  assertEquals(written(longer, refusing(0)), [longer, longer]);
  const short = "x".repeat(1_023);
  // It has been kept: what is written then is nothing, until that is taken.
  assertEquals(written(short, refusing(0, 1)), [short, "", ""]);
});

Deno.test("what else the system says of a stream is passed on", () => {
  const broken: Take = () => {
    throw new Deno.errors.BrokenPipe();
  };
  for (const text of ["a\n", "a"]) {
    const found = writes(Deno.stdout, broken, () => {
      assertThrows(() => writeToStdout(new TextEncoder().encode(text)), Deno.errors.BrokenPipe);
    });
    assertEquals(found, [text]);
  }
});

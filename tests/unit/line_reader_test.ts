import { assertEquals, assertRejects } from "@std/assert";
import { LineReader } from "../../lib/terminal/line_reader.ts";

/** Something to read that comes in these pieces, and then ends. */
function piecesOf(...pieces: readonly string[]): Pick<typeof Deno.stdin, "read"> {
  const bytes = pieces.map((piece) => Uint8Array.from(piece, (byte) => byte.charCodeAt(0)));
  return {
    read(buffer): Promise<number | null> {
      const next = bytes.shift();
      buffer.set(next ?? []);
      return Promise.resolve(next?.length ?? null);
    },
  };
}

async function linesOf(source: Pick<typeof Deno.stdin, "read">): Promise<string[]> {
  const reader = new LineReader(source);
  const lines: string[] = [];
  const { signal } = new AbortController();
  for (let line; (line = await reader.next(signal)) !== undefined;) lines.push(line);
  assertEquals(await reader.next(signal), undefined);
  return lines;
}

Deno.test("lines come whole, however what is read is cut into pieces", async () => {
  assertEquals(await linesOf(piecesOf()), []);
  assertEquals(await linesOf(piecesOf("one\n", "two\n")), ["one", "two"]);
  assertEquals(await linesOf(piecesOf("one\ntwo\n\nthr", "ee\n")), ["one", "two", "", "three"]);
  // The two bytes of é, each in a piece of its own.
  assertEquals(await linesOf(piecesOf("caf\xc3", "\xa9\n")), ["café"]);
});

Deno.test("what stands behind the last newline is a line as well", async () => {
  assertEquals(await linesOf(piecesOf("one\ntwo")), ["one", "two"]);
  assertEquals(await linesOf(piecesOf("one")), ["one"]);
});

Deno.test("a wait for a line ends when it is told to, with the reason that is given", async () => {
  const silent = { read: () => Promise.withResolvers<number | null>().promise };
  const controller = new AbortController();
  const line = new LineReader(silent).next(controller.signal);
  controller.abort(new Error("interrupted"));
  await assertRejects(() => line, Error, "interrupted");
  // So does one that begins too late to hear of it.
  const source = piecesOf("one\n");
  await assertRejects(() => new LineReader(source).next(controller.signal), Error, "interrupted");
});

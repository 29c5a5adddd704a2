/**
 * Writes to stdout and stderr, also where somebody has said that writing must not block: such a pipe takes
 * what fits, and then nothing until it is read from.
 *
 * @module
 */

/** How long a wait for a reader lasts before the next try, in milliseconds. */
const PAUSE = 5;

/** How much a pipe takes whole or not at all, in bytes [POSIX: `PIPE_BUF`; Linux: pipe(7)]. */
const ATOMIC = Deno.build.os === "linux" ? 4096 : 512;

/** How much Deno's stdout keeps of a line without an end, in bytes [Rust: `LineWriter`]. */
const LINE_BUFFER = 1024;

const NEWLINE = 0x0a;
const NOTHING = new Uint8Array(0);

/**
 * Writes all of some bytes to stderr, which keeps nothing back.
 *
 * @param bytes What.
 * @param patience How long to wait for a reader that takes nothing, in milliseconds.
 * @throws What the system says, if it takes no more; also when patience is at an end.
 */
export function writeToStderr(bytes: Uint8Array, patience: number): void {
  let waited = 0;
  for (let rest = bytes; rest.length > 0;) {
    try {
      rest = rest.subarray(Deno.stderr.writeSync(rest));
      waited = 0;
    } catch (error) {
      if (waited >= patience) throw error;
      waitAfter(error);
      waited += PAUSE;
    }
  }
}

/**
 * Writes all of some bytes to stdout, however long it takes.
 *
 * Deno's stdout buffers lines, so that after a refusal it may have taken what it has not written. It is
 * given pieces of which it is known: one that ends a line and that a pipe takes whole, and a part of a line
 * that is longer than the buffer, have not been taken; a shorter part has.
 *
 * @param bytes What.
 * @throws What the system says, if it takes no more.
 */
export function writeToStdout(bytes: Uint8Array): void {
  let rest = bytes;
  while (rest.length > 0) {
    const piece = nextPiece(rest);
    try {
      rest = rest.subarray(Deno.stdout.writeSync(piece));
    } catch (error) {
      waitAfter(error);
      if (piece.at(-1) === NEWLINE || piece.length >= LINE_BUFFER) continue;
      flush();
      rest = rest.subarray(piece.length);
    }
  }
}

function nextPiece(rest: Uint8Array): Uint8Array {
  const lines = rest.subarray(0, ATOMIC).lastIndexOf(NEWLINE) + 1;
  if (lines > 0) return rest.subarray(0, lines);
  const end = rest.indexOf(NEWLINE);
  return end < 0 ? rest : rest.subarray(0, end);
}

function flush(): void {
  while (true) {
    try {
      Deno.stdout.writeSync(NOTHING);
      return;
    } catch (error) {
      waitAfter(error);
    }
  }
}

/** Without a timer, whose first use costs more than a whole cache hit has to do. */
function waitAfter(error: unknown): void {
  if (!(error instanceof Deno.errors.WouldBlock)) throw error;
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
}

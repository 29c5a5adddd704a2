import { assertEquals, assertMatch } from "@std/assert";
import { ENTRY_FILES, entryName } from "../lib/cache/entry_name.ts";
import { join } from "../lib/native_path.ts";
import { figure } from "./figures.ts";
import { KEY, type Run, Terminal } from "./terminal.ts";
import { lacks } from "./tools.ts";

const OLD_KEY = "sk-old-91ab";
const ENTRY = await entryName({
  authentication: "app",
  reference: { vault: "Work", item: "litellm", field: "API Key" },
});
const ERRORS = ["ENOSPC", "EIO", "EROFS", "EACCES", "EMFILE", "EDQUOT"];

const ignore = lacks("strace");

/** A system call on the way of a write. */
interface Place {
  readonly call: string;
  /** What the line of the call shows in a trace. */
  readonly line: RegExp;
  /** The file that the call is about, where its name is known beforehand. */
  readonly file?: (terminal: Terminal) => string;
  /** Whether the folder is missing. */
  readonly cold?: boolean;
  /** Whether the key is cached all the same, because the call only helps. */
  readonly harmless?: boolean;
}

const folder = ({ cache }: Terminal): string => cache;
const lockFile = ({ cache }: Terminal): string => join(cache, ENTRY + ENTRY_FILES.lock);

const PLACES: Readonly<Record<string, Place>> = {
  "mkdir of the folder": { call: "mkdir", line: /claude", 0700/, file: folder, cold: true },
  "openat of the temporary file": { call: "openat", line: /\.key\.tmp\.[^>]*O_CREAT/ },
  "write": { call: "write", line: /\.key\.tmp\./ },
  "fsync": { call: "fsync", line: /\.key\.tmp\./ },
  "rename": { call: "rename", line: /\.key\.tmp\./ },
  "openat of the lock": { call: "openat", line: /\.lock"/, file: lockFile, harmless: true },
  "openat of the folder": { call: "openat", line: /O_DIREC/, file: folder, harmless: true },
  "getdents64 of the folder": { call: "getdents64", line: /./, file: folder, harmless: true },
};

/** A terminal whose cached key has expired. */
function expired(): Terminal {
  const terminal = new Terminal();
  Deno.mkdirSync(terminal.cache, { recursive: true, mode: 0o700 });
  const path = join(terminal.cache, ENTRY + ENTRY_FILES.key);
  Deno.writeTextFileSync(path, `${OLD_KEY}\n`, { mode: 0o600 });
  const then = new Date(Date.now() - 13 * 3_600_000);
  Deno.utimeSync(path, then, then);
  return terminal;
}

/** What an attempt to put a fault into a call came to. */
interface Attempt extends Run {
  /** Whether the fault met the call. */
  readonly hit: boolean;
  /** Which of the calls of its name the call was, counted from 1; 0: it was not there. */
  readonly position: number;
}

/** Runs claude-key with a fault in calls of its main thread. */
async function inject(
  terminal: Terminal,
  { call, line, file }: Place,
  error: string,
  when: string,
): Promise<Attempt> {
  const path = join(terminal.root, "trace");
  const only = file === undefined ? [] : ["-P", file(terminal)];
  const fault = ["-e", `trace=${call}`, "-e", `inject=${call}:error=${error}:when=${when}`];
  const strace = ["strace", "-qq", "-y", "-o", path, ...only, ...fault];
  // A fault that misses may meet the runtime, which may wait for ever then.
  const run = await terminal.run(["get"], { under: ["timeout", "5", ...strace] });
  const lines = Deno.readTextFileSync(path).split("\n").filter((one) => one.startsWith(`${call}(`));
  const position = lines.findIndex((one) => line.test(one)) + 1;
  return { ...run, position, hit: lines[position - 1]?.endsWith("(INJECTED)") ?? false };
}

function assertSurvived(terminal: Terminal, place: Place, { stdout, stderr, status }: Run): void {
  assertEquals([stdout, status], [`${KEY}\n`, 0], stderr);
  if (place.harmless) {
    assertEquals(stderr, "");
    assertEquals(Deno.readTextFileSync(terminal.keyFile), `${KEY}\n`);
    return;
  }
  assertMatch(stderr, /^claude-key: warning: the key could not be cached in "[^"]+": [^\n]+\n$/);
  if (place.cold) return;
  assertEquals(terminal.cached, [ENTRY + ENTRY_FILES.key], "no temporary file stays");
  assertEquals(Deno.readTextFileSync(terminal.keyFile), `${OLD_KEY}\n`);
}

for (const [name, place] of Object.entries(PLACES)) {
  Deno.test({
    name: `a fault in ${name} costs no more than the cache`,
    ignore,
    fn: async () => {
      const errors = place.harmless ? ["EACCES", "EMFILE"] : ERRORS;
      let when = place.file === undefined ? "65535" : "1+";
      for (const error of errors) {
        let hit = false;
        // The runtime makes calls of its own, so that the position may differ from run to run.
        for (let tries = 0; !hit && tries < 60; tries++) {
          using terminal = place.cold ? new Terminal() : expired();
          const attempt = await inject(terminal, place, error, when);
          hit = attempt.hit;
          if (hit) assertSurvived(terminal, place, attempt);
          else if (attempt.position > 0) when = String(attempt.position);
        }
        assertEquals(hit, true, `no ${error} could be put into ${name}`);
      }
      figure(`fault in ${name}`, { survived: errors.length, errors: errors.join(" ") });
    },
  });
}

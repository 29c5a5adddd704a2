import { assertEquals, assertMatch } from "@std/assert";
import { ENTRY_FILES, entryName } from "../../lib/cache/entry_name.ts";
import { testOfUnix } from "../support/skips.ts";
import { join } from "../support/join.ts";
import { figure } from "../support/figures.ts";
import { program } from "../support/program.ts";
import { KEY, type Run, Terminal } from "../support/terminal.ts";
import { lacks } from "../support/tools.ts";

const OLD_KEY = "sk-old-91ab";
const ENTRY = await entryName({
  authentication: "app",
  reference: { vault: "Work", item: "litellm", field: "API Key" },
});
const ERRORS = ["ENOSPC", "EIO", "EROFS", "EACCES", "EMFILE", "EDQUOT"];
const PROBE = program(new URL("../support/probes/known_temporary.ts", import.meta.url));

const ORIGIN = "claude-key: key fetched from 1Password (refresh asked)\n";

const ignore = lacks("strace");
const test = testOfUnix("faults that strace injects");

/** A system call on the way of a write. */
interface Place {
  readonly call: string;
  /** The file that the call is about. */
  readonly file: (terminal: Terminal) => string;
  /** Whether the folder is missing. */
  readonly cold?: boolean;
  /** Whether the key is cached all the same, because the call only helps. */
  readonly harmless?: boolean;
}

const folder = ({ cache }: Terminal): string => cache;
const lockFile = ({ cache }: Terminal): string => join(cache, ENTRY + ENTRY_FILES.lock);
const temporary = ({ cache }: Terminal): string =>
  join(cache, `${ENTRY}${ENTRY_FILES.key}.tmp.4711.00`);

const PLACES: Readonly<Record<string, Place>> = {
  "mkdir of the folder": { call: "mkdir", file: folder, cold: true },
  "openat of the temporary file": { call: "openat", file: temporary },
  "write": { call: "write", file: temporary },
  "utimensat": { call: "utimensat", file: temporary },
  "fsync": { call: "fsync", file: temporary },
  "rename": { call: "rename", file: temporary },
  "openat of the lock": { call: "openat", file: lockFile, harmless: true },
  "openat of the folder": { call: "openat", file: folder, harmless: true },
  "getdents64 of the folder": { call: "getdents64", file: folder, harmless: true },
};

/** A terminal whose cached key has been replaced in 1Password since. */
function rotated(): Terminal {
  const terminal = new Terminal();
  Deno.mkdirSync(terminal.cache, { recursive: true, mode: 0o700 });
  const path = join(terminal.cache, ENTRY + ENTRY_FILES.key);
  Deno.writeTextFileSync(path, `${OLD_KEY}\n`, { mode: 0o600 });
  return terminal;
}

/** Runs claude-key with an error from every call of its main thread that a place stands for. */
async function inject(terminal: Terminal, { call, file }: Place, error: string): Promise<Run> {
  const trace = join(terminal.root, "trace");
  const fault = ["-e", `trace=${call}`, "-e", `inject=${call}:error=${error}`];
  const under = ["strace", "-qq", "-o", trace, "-P", file(terminal), ...fault];
  const options = { under, program: PROBE, env: { CLAUDE_DEBUG: "1" } };
  const run = await terminal.run(["get", "--refresh"], options);
  assertMatch(
    Deno.readTextFileSync(trace),
    new RegExp(`^${call}\\(.* ${error} .*\\(INJECTED\\)$`, "m"),
  );
  return run;
}

function assertSurvived(terminal: Terminal, place: Place, { stdout, stderr, status }: Run): void {
  assertEquals([stdout, status], [`${KEY}\n`, 0], stderr);
  if (place.harmless) {
    assertEquals(stderr, ORIGIN);
    assertEquals(Deno.readTextFileSync(terminal.keyFile), `${KEY}\n`);
    return;
  }
  assertMatch(
    stderr,
    /^claude-key: warning: the key could not be cached in "[^"]+": [^\n]+\nclaude-key: key fetched [^\n]+\n$/,
  );
  assertEquals(
    place.cold ? [] : terminal.cached,
    [],
    "neither the old key stays nor a part of one",
  );
}

for (const [name, place] of Object.entries(PLACES)) {
  test({
    name: `a fault in ${name} costs no more than the cache`,
    ignore,
    fn: async () => {
      const errors = place.harmless ? ["EACCES", "EMFILE"] : ERRORS;
      await Promise.all(errors.map(async (error) => {
        using terminal = place.cold ? new Terminal() : rotated();
        assertSurvived(terminal, place, await inject(terminal, place, error));
      }));
      figure(`fault in ${name}`, { survived: errors.length, errors: errors.join(" ") });
    },
  });
}

import { assertEquals, assertMatch } from "@std/assert";
import { ENTRY_FILES, entryName } from "../../lib/cache/entry_name.ts";
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

const ignore = lacks("strace");

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
  "fsync": { call: "fsync", file: temporary },
  "rename": { call: "rename", file: temporary },
  "openat of the lock": { call: "openat", file: lockFile, harmless: true },
  "openat of the folder": { call: "openat", file: folder, harmless: true },
  "getdents64 of the folder": { call: "getdents64", file: folder, harmless: true },
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

/** Runs claude-key with an error from every call of its main thread that a place stands for. */
async function inject(terminal: Terminal, { call, file }: Place, error: string): Promise<Run> {
  const trace = join(terminal.root, "trace");
  const fault = ["-e", `trace=${call}`, "-e", `inject=${call}:error=${error}`];
  const under = ["strace", "-qq", "-o", trace, "-P", file(terminal), ...fault];
  const run = await terminal.run(["get"], { under, program: PROBE });
  assertMatch(
    Deno.readTextFileSync(trace),
    new RegExp(`^${call}\\(.* ${error} .*\\(INJECTED\\)$`, "m"),
  );
  return run;
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
      await Promise.all(errors.map(async (error) => {
        using terminal = place.cold ? new Terminal() : expired();
        assertSurvived(terminal, place, await inject(terminal, place, error));
      }));
      figure(`fault in ${name}`, { survived: errors.length, errors: errors.join(" ") });
    },
  });
}

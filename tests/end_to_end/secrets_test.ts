import { assertEquals } from "@std/assert";
import { COMMANDS } from "../../lib/command_line/command_table.ts";
import { NO_MODES, testOfUnix } from "../support/skips.ts";
import { join } from "../support/join.ts";
import { FORMATS, SHELLS } from "../../lib/shells/names.ts";
import { figure } from "../support/figures.ts";
import { LOCAL_ENV, Terminal } from "../support/terminal.ts";
import { lacks } from "../support/tools.ts";

const SECRET = `sk-${crypto.randomUUID()}`;
const FIELD = "Work/litellm/API Key";
const CALLS = "execve,openat,creat,mkdir,mkdirat,chmod,fchmod,fchmodat,write,pwrite64,writev," +
  "pwritev,sendto,sendmsg,sendmmsg,link,linkat,symlink,symlinkat";

/** What a user's environment holds who has evaluated the output of `env` before. */
const EARLIER = { ANTHROPIC_AUTH_TOKEN: SECRET, ANTHROPIC_API_KEY: SECRET };

/** How things stand when a command is run, and the commands that print the key then. */
interface State {
  readonly prepare: (terminal: Terminal) => void | Promise<void>;
  readonly delivering: readonly string[];
  /** Whether the commands are run with each of their options, too. */
  readonly switched?: boolean;
}

const STATES: Readonly<Record<string, State>> = {
  "with nothing cached": { prepare: () => {}, delivering: ["env", "get"] },
  "with the key cached": {
    prepare: async (terminal) => {
      await terminal.run(["get"]);
    },
    delivering: ["env", "get", "env --refresh", "env --cached", "get --refresh", "get --cached"],
    switched: true,
  },
  "with an op that fails after it has printed the key": {
    prepare: (terminal) =>
      terminal.runInstead(`echo ${SECRET}; echo 'the moon is full' >&2; exit 1`),
    delivering: [],
  },
  "with an op that prints more than the key": {
    prepare: (terminal) =>
      terminal.runInstead(`[ "$1" = read ] && echo ${SECRET} && echo ${SECRET}`),
    delivering: [],
  },
  "with a cache folder that cannot be made": {
    prepare: (terminal) => {
      Deno.mkdirSync(join(terminal.cache, ".."), { recursive: true });
      Deno.writeTextFileSync(terminal.cache, "in the way");
    },
    delivering: ["env", "get"],
  },
};

/** Every command, with its argument if it takes one. */
const PLAIN: readonly (readonly string[])[] = COMMANDS.map(({ name, operand }) =>
  operand === undefined ? [name] : [name, operand === "SHELL" ? "bash" : "get"]
);

/** The same with each option that takes no value. */
const SWITCHED: readonly (readonly string[])[] = COMMANDS.flatMap(({ options }, index) =>
  options.filter(({ value }) => value === undefined)
    .map(({ name }) => [...PLAIN[index] ?? [], `--${name}`])
);

/** Whether a text holds the secret or a part of it that would help to guess it. */
function betrays(text: string): boolean {
  for (let start = 3; start + 8 <= SECRET.length; start++) {
    if (text.includes(SECRET.slice(start, start + 8))) return true;
  }
  return false;
}

/** The files below a folder that hold the secret. */
function holders(folder: string): string[] {
  return Array.from(Deno.readDirSync(folder)).flatMap(({ name, isDirectory, isFile }) => {
    const path = join(folder, name);
    if (isDirectory) return holders(path);
    return isFile && betrays(new TextDecoder().decode(Deno.readFileSync(path))) ? [path] : [];
  });
}

/** What a trace shows that must not be. */
function offences(trace: string, cache: string): string[] {
  const lines = trace.split("\n").map((line) => line.replace(/^\d+\s+/, ""));
  // The first one is claude-key itself, which is given the user's environment.
  const [, ...children] = lines.filter((line) => line.startsWith("execve("));
  const others = lines.filter((line) => !line.startsWith("execve("));
  return [
    ...children.filter(betrays),
    ...others.filter((line) =>
      betrays(line) && !line.startsWith("write(1<") &&
      !(line.startsWith("write(") && line.includes(`<${cache}/`))
    ),
    ...others.filter((line) =>
      line.startsWith("openat(") && line.includes(`"${cache}/`) && line.includes("O_CREAT") &&
      !/, 0600(?:\)| <unfinished)/.test(line)
    ),
    ...others.filter((line) =>
      line.startsWith("mkdir") && line.includes(`"${cache}`) && !line.includes(", 0700")
    ),
    ...others.filter((line) => /^(?:f?chmod|link|symlink)/.test(line) && line.includes(cache)),
  ];
}

const ignore = lacks("strace");
const test = testOfUnix("no command lets the key out, as strace sees it");

for (const [state, { prepare, delivering, switched = false }] of Object.entries(STATES)) {
  test({
    name: `${state}, no command lets the key out anywhere but where it belongs`,
    ignore,
    fn: async () => {
      const commandLines = switched ? [...PLAIN, ...SWITCHED] : PLAIN;
      const delivered = (await Promise.all(commandLines.map(async (args) => {
        using terminal = new Terminal(LOCAL_ENV, { [FIELD]: `${SECRET}\n` });
        await prepare(terminal);
        return await deliversSafely(terminal, args) ? [args.join(" ")] : [];
      }))).flat();
      assertEquals(delivered, delivering);
      figure(`secrets ${state}`, {
        "command lines": commandLines.length,
        delivered: delivered.length,
        leaks: 0,
      });
    },
  });
}

/** Runs a command, sees that the key gets out nowhere but on stdout, and tells whether it does. */
async function deliversSafely(terminal: Terminal, args: readonly string[]): Promise<boolean> {
  const path = join(terminal.root, "trace");
  const strace = [
    ...["strace", "-f", "--seccomp-bpf", "-qq", "-v", "-y", "-s", "70000", "-o", path],
    ...["-e", `trace=${CALLS}`],
  ];
  const run = await terminal.run(args, {
    under: ["sh", "-c", 'umask 000; exec "$@"', "sh", ...strace],
    env: { ...EARLIER, CLAUDE_DEBUG: "1" },
  });
  const trace = Deno.readTextFileSync(path);
  Deno.removeSync(path);
  const named = args.join(" ");
  assertEquals(betrays(run.stderr), false, `${named}: ${run.stderr}`);
  assertEquals(offences(trace, terminal.cache), [], named);
  const allowed = /\/bin\/(?:vault\/|script$)|\/\.cache\/claude\/[^/]+\.key$/;
  assertEquals(holders(terminal.root).filter((one) => !allowed.test(one)), [], named);
  const delivers = betrays(run.stdout);
  if (delivers) {
    const shown = trace.split("\n").some((line) => / write\(1</.test(line) && betrays(line));
    assertEquals(shown, true, `${named}: the trace shows what is printed`);
  }
  return delivers;
}

Deno.test({
  name: "the folder and its files are closed to others, whatever the umask",
  ignore: NO_MODES,
  fn: async () => {
    using terminal = new Terminal(LOCAL_ENV, { [FIELD]: `${SECRET}\n` });
    const under = ["sh", "-c", 'umask 000; exec "$@"', "sh"];
    assertEquals((await terminal.run(["get"], { under })).status, 0);
    const mode = (path: string): number => (Deno.statSync(path).mode ?? 0) & 0o777;
    assertEquals(mode(terminal.cache), 0o700);
    for (const { name } of Deno.readDirSync(terminal.cache)) {
      assertEquals(mode(join(terminal.cache, name)), 0o600, name);
    }
  },
});

Deno.test({
  name: "a key that a shell cannot express is not betrayed by saying so",
  fn: async () => {
    for (const dialect of [...SHELLS, ...FORMATS]) {
      const option = (FORMATS as readonly string[]).includes(dialect) ? "--format" : "--shell";
      using terminal = new Terminal(LOCAL_ENV, { [FIELD]: `"%${SECRET}%!'^\ufeff"\n` });
      const env = { CLAUDE_DEBUG: "1" };
      const { stdout, stderr, status } = await terminal.run(["env", option, dialect], { env });
      assertEquals(betrays(stderr), false, stderr);
      if (status !== 0) assertEquals(betrays(stdout), false, stdout);
    }
  },
});

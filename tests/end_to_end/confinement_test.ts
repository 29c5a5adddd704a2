import { assertEquals } from "@std/assert";
import { abilitiesAfter } from "../support/confined.ts";
import { join } from "../support/join.ts";
import { permissionFlags, roots } from "../../lib/confinement/permissions.ts";
import { program } from "../support/program.ts";
import { NO_LINKS } from "../support/skips.ts";
import { KEY, OP, Terminal } from "../support/terminal.ts";

const PROBE = program(new URL("../support/probes/confinement.ts", import.meta.url));

const ALLOWED = ["write in the cache", "read in the cache", "remove in the cache", "run op"];

const FORBIDDEN = [
  "read outside",
  "list outside",
  "stat outside",
  "write outside",
  "climb out",
  "rename out",
  "remove outside",
  "link out",
  "read the configuration",
  "read a variable",
  "set a variable",
  "list variables",
  "run a shell",
  "run another op",
  "connect",
  "fetch",
  "import from the network",
  "listen",
  "look up the user",
  "load a library",
  "ask for more",
];

const CONFINED = Object.fromEntries([
  ...ALLOWED.map((name) => [name, "done"]),
  ...FORBIDDEN.map((name) => [name, "NotCapable"]),
]);

/** A terminal with a cache folder, and a folder with things that must stay out of reach. */
function prepare(): { terminal: Terminal; outside: string; cache: string } {
  const terminal = new Terminal();
  const outside = join(terminal.root, "outside");
  Deno.mkdirSync(outside);
  Deno.writeTextFileSync(join(outside, "file"), "private");
  Deno.copyFileSync(join(terminal.bin, OP), join(outside, OP));
  Deno.mkdirSync(terminal.cache, { recursive: true });
  return { terminal, outside, cache: terminal.cache };
}

async function probe(
  terminal: Terminal,
  cache: string,
  args: readonly string[],
): Promise<{ stdout: string; report: Record<string, unknown> }> {
  const env = { CLAUDE_KEY_CACHE_DIR: cache };
  const { stdout, stderr } = await terminal.run(args, { env, program: PROBE });
  return { stdout, report: JSON.parse(stderr) };
}

Deno.test({
  name: "a process that fetched the key could reach its cache folder and op, and nothing else",
  fn: async () => {
    const { terminal, outside, cache } = prepare();
    using _ = terminal;
    // The probe calls op as well.
    terminal.runInstead(
      `[ "$2" = op://a/b/c ] && exit\n` +
        `while [ ! -e '${cache}/attempted' ]; do sleep 0.01; done; echo ${KEY}\n`,
      `@if "%second%"=="op://a/b/c" exit /b\n` +
        `:wait\n@if not exist "${cache}\\attempted" goto wait\n@echo ${KEY}\n`,
    );
    const { stdout, report } = await probe(terminal, cache, ["get", outside]);
    assertEquals(stdout, `${KEY}\n`);
    assertEquals(report, { status: 0, during: CONFINED, after: CONFINED });
    assertEquals(Deno.readTextFileSync(join(outside, "file")), "private");
  },
});

Deno.test({
  name: "so could one that found the key in the cache, through a symbolic link",
  ignore: NO_LINKS,
  fn: async () => {
    const { terminal, outside } = prepare();
    using _ = terminal;
    const link = join(terminal.root, "link");
    Deno.symlinkSync(terminal.cache, link);
    await terminal.run(["get"], { env: { CLAUDE_KEY_CACHE_DIR: link } });
    const { stdout, report } = await probe(terminal, link, ["env", outside]);
    assertEquals(stdout, `export ANTHROPIC_AUTH_TOKEN='${KEY}';\n`);
    assertEquals(report["status"], 0);
    assertEquals(report["after"], CONFINED);
    assertEquals(terminal.calls.filter((call) => call.includes("litellm")).length, 1);
  },
});

Deno.test("one that was to look into the cache only can neither write there nor run op", async () => {
  for (const command of ["get", "env"]) {
    using terminal = new Terminal();
    await terminal.run(["get"]);
    assertEquals(await abilitiesAfter(terminal, [command, "--cached"]), ["read in the cache"]);
  }
});

Deno.test("the list of permissions names roots and op, nothing bare and no network", () => {
  for (const os of ["linux", "darwin", "windows"] as const) {
    const flags = permissionFlags(os);
    const names = flags.map((flag) => flag.split("=", 1)[0]);
    assertEquals(names, [
      "--allow-read",
      "--allow-write",
      "--allow-run",
      "--allow-env",
      "--allow-sys",
      "--no-prompt",
    ]);
    assertEquals(flags.slice(0, 5).every((flag) => /=./.test(flag)), true);
    assertEquals(flags[2], "--allow-run=op");
  }
  assertEquals(roots("windows").length, 26);
});

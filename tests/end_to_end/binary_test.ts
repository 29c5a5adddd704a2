import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { deviations, readMetadata } from "../../scripts/release/baked_metadata.ts";
import { compiledAtOnce } from "../../scripts/release/compile_at_once.ts";
import {
  bundle,
  compileBinary,
  missingFrom,
  readByEveryRun,
} from "../../scripts/release/compile_binary.ts";
import { likeBinary } from "../../scripts/release/like_binary.ts";
import { findTarget, programEnding, type Target, TARGETS } from "../../scripts/release/targets.ts";
import { functionsOfAHit } from "../../scripts/release/watch_hit.ts";
import { COMPLETING_SHELLS } from "../../lib/shells/names.ts";
import project from "../../deno.json" with { type: "json" };
import { NO_JUNCTION_IN_WINE } from "../support/skips.ts";
import { type Program, program } from "../support/program.ts";
import { standInRuntime } from "../support/stand_in_runtime.ts";
import { KEY, LOCAL_ENV, Terminal } from "../support/terminal.ts";

const LINUX = findTarget("x86_64-unknown-linux-gnu");

/** A folder in which binaries are made, and the bundles that they are made of. */
class Workshop {
  readonly bundles: string;
  readonly folder = Deno.makeTempDirSync({ prefix: "claude-key-test-" });

  private constructor(way: "straight" | "through a link") {
    const link = `${this.folder}/link`;
    if (way === "through a link") Deno.symlinkSync(this.folder, link, { type: "junction" });
    this.bundles = `${way === "straight" ? this.folder : link}/bundles`;
  }

  /** Temporary folders are often reached through a link, or by another name of theirs. */
  static async open(way: "straight" | "through a link" = "straight"): Promise<Workshop> {
    const workshop = new Workshop(NO_JUNCTION_IN_WINE ? "straight" : way);
    const importMap = Deno.env.get("CLAUDE_KEY_IMPORT_MAP");
    await bundle(workshop.bundles, importMap === undefined ? [] : [`--import-map=${importMap}`]);
    return workshop;
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.folder, { recursive: true });
  }

  /** Compiles the bundles with the stand-in for the runtime. */
  async compile(target: Target): Promise<Uint8Array<ArrayBuffer>> {
    const runtime = `${this.folder}/runtime-${target.label}`;
    const output = `${this.folder}/claude-key-${target.label}${programEnding(target)}`;
    Deno.writeFileSync(runtime, standInRuntime(target));
    await compileBinary(this.bundles, target, output, runtime);
    return Deno.readFileSync(output);
  }
}

for (const target of TARGETS) {
  Deno.test(`the ${target.label} binary may do what the policy says and nothing else`, async () => {
    using workshop = await Workshop.open();
    const { permissions, ...others } = readMetadata(await workshop.compile(target));

    const roots = target.os === "windows"
      ? Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ", (letter) => `${letter}:\\`)
      : ["/"];
    assertEquals(permissions["allow_read"], roots);
    assertEquals(permissions["allow_write"], roots);
    assertEquals(permissions["allow_run"], ["op"]);
    assertEquals(permissions["allow_sys"], ["uid"]);
    assertEquals(permissions["allow_net"], null);
    assertEquals(permissions["allow_ffi"], null);
    assertEquals(permissions["allow_import"], ["nowhere.invalid:443"]);
    assertEquals(permissions["prompt"], false);
    const variables = permissions["allow_env"];
    assert(Array.isArray(variables) && variables.includes("OP_*") && !variables.includes("*"));

    assertEquals(others.code_cache_key, null);
    assert(others.v8_flags.includes("--jitless"));
    assertEquals(others.env_vars_from_env_file, {});
    assertEquals(others.log_level, "ERROR");
    assertEquals(others.argv, []);
    assertEquals(deviations({ permissions, ...others }, target), []);
  });
}

Deno.test("the same source gives the same binary, byte for byte, wherever it is built", async () => {
  using one = await Workshop.open();
  using other = await Workshop.open("through a link");
  for (const target of TARGETS) {
    assertEquals(await one.compile(target), await other.compile(target), target.label);
  }
});

Deno.test("a binary tells nothing of the machine that built it", async () => {
  using workshop = await Workshop.open("through a link");
  const text = new TextDecoder("latin1").decode(await workshop.compile(LINUX));
  for (const path of [workshop.folder, new URL("../..", import.meta.url).pathname]) {
    assert(!text.includes(path), `the binary contains ${path}`);
  }
});

Deno.test("a binary that may do more is found out", async () => {
  using workshop = await Workshop.open();
  const metadata = readMetadata(await workshop.compile(LINUX));
  const more = { ...metadata.permissions, allow_net: [], allow_read: [] };
  assertEquals(
    deviations({ ...metadata, permissions: more }, LINUX).length,
    1,
  );
  assertEquals(
    deviations({ ...metadata, code_cache_key: "1f", v8_flags: [], log_level: null }, LINUX),
    [
      'code_cache_key is "1f", not null',
      'last_v8_flags is [], not ["--jitless","--no-enable-lazy-source-positions"]',
      'log_level is null, not "ERROR"',
    ],
  );
  assertEquals(deviations(metadata, findTarget("x86_64-pc-windows-msvc")).length, 1);
});

Deno.test("a file that deno did not compile has no metadata", () => {
  const marker = "d3n0l4nd";
  for (const text of ["", marker, `${marker}12345678{}`, `${marker}\x02\0\0\0\0\0\0\0{}`]) {
    assertThrows(() => readMetadata(new TextEncoder().encode(text)), Error, "no metadata");
  }
});

Deno.test("a program with a missing module is not compiled", async () => {
  using workshop = await Workshop.open();
  for (const part of ["main.js", "lib/cli.js"]) {
    const path = `${workshop.bundles}/${part}`;
    const good = Deno.readTextFileSync(path);
    Deno.writeTextFileSync(path, 'import "https://example.com/elsewhere.js";\n');
    await assertRejects(() => workshop.compile(LINUX), Error, "deno cache failed");
    Deno.writeTextFileSync(path, good);
  }
});

Deno.test("a binary that does not carry its whole program is found out", async () => {
  using workshop = await Workshop.open();
  const binary = await workshop.compile(LINUX);
  assertEquals(missingFrom(binary, workshop.bundles), []);
  for (const file of ["main.js", "lib/cli.js"]) {
    const path = `${workshop.bundles}/${file}`;
    Deno.writeTextFileSync(path, "\n", { append: true });
    assertEquals(missingFrom(binary, workshop.bundles), [path]);
    Deno.truncateSync(path, Deno.statSync(path).size - 1);
  }
});

Deno.test("a hit reads no file that only a miss, a project or another command needs", async () => {
  using workshop = await Workshop.open();
  const read = readByEveryRun(workshop.bundles);
  const others = [...Deno.readDirSync(workshop.bundles)].map(({ name }) => name)
    .filter((name) => !read.includes(name)).map((name) => name.replace(/-\w+\.js$/, ""));
  assertEquals(others.sort(), ["commanding_variables", "fetch_key", "lib", "working_project"]);
});

Deno.test("no function that a hit calls is read twice, and none is compiled that it does not", async () => {
  using workshop = await Workshop.open();
  const called = await functionsOfAHit(`${workshop.bundles}/main.js`);
  for (const file of readByEveryRun(workshop.bundles)) {
    const text = Deno.readTextFileSync(`${workshop.bundles}/${file}`);
    assertEquals(compiledAtOnce(text, called.get(file) ?? []), text, file);
    assert(text.includes("=(function "), file);
    assert(/[;}]function /.test(text), file);
  }
});

/** The bundles, as they run in a binary. */
function bundledProgram({ bundles }: Workshop): Program {
  return { ...program(), command: Deno.execPath(), args: likeBinary(`${bundles}/main.js`) };
}

Deno.test("the bundles that a binary runs do what the source does", async () => {
  using workshop = await Workshop.open();
  using terminal = new Terminal(LOCAL_ENV);
  const bundled = bundledProgram(workshop);
  assertEquals(await terminal.run(["--version"], { program: bundled }), {
    stdout: `claude-key ${project.version}\n`,
    stderr: "",
    status: 0,
  });
  assertEquals(await terminal.run(["get"], { program: bundled }), {
    stdout: `${KEY}\n`,
    stderr: "",
    status: 0,
  });
  assertEquals(await terminal.run(["env", "--shell", "fish"], { program: bundled }), {
    stdout: `set -gx ANTHROPIC_AUTH_TOKEN '${KEY}';\n`,
    stderr: "",
    status: 0,
  });
  assertEquals(terminal.calls.length, 1);
});

Deno.test("a hit in a shell that people type in needs nothing of the other commands", async () => {
  using workshop = await Workshop.open();
  using terminal = new Terminal(LOCAL_ENV);
  const bundled = bundledProgram(workshop);
  await terminal.run(["get"], { program: bundled });
  Deno.removeSync(`${workshop.bundles}/lib/cli.js`);
  for (const shell of COMPLETING_SHELLS) {
    const { stderr, status } = await terminal.run(["env", "--shell", shell], { program: bundled });
    assertEquals([stderr, status], ["", 0], shell);
  }
  assertEquals((await terminal.run(["env"], { program: bundled })).status, 0);
});

Deno.test({
  name: "the binary that CLAUDE_KEY_BIN names may do what the policy says and nothing else",
  ignore: Deno.env.get("CLAUDE_KEY_BIN") === undefined,
  fn(): void {
    const binary = Deno.readFileSync(Deno.env.get("CLAUDE_KEY_BIN") ?? "");
    assertEquals(deviations(readMetadata(binary), findTarget(Deno.build.target)), []);
  },
});

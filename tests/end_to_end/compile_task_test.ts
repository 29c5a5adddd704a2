import { assert, assertEquals } from "@std/assert";
import { outputOf } from "../support/deadline.ts";

async function compileTask(...args: string[]): Promise<{ stderr: string; code: number }> {
  const { stderr, code } = await outputOf(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-all", "scripts/compile.ts", ...args],
    cwd: new URL("../..", import.meta.url),
    env: { NO_COLOR: "1" },
  });
  return { stderr: new TextDecoder().decode(stderr), code };
}

Deno.test({
  name: "a release is not made from the stand-ins for the standard library",
  ignore: !(Deno.env.get("CLAUDE_KEY_IMPORT_MAP") ?? "").endsWith("/scripts/std/import_map.json"),
  fn: async () => {
    const { stderr, code } = await compileTask();
    assert(stderr.includes("compile: error: a release is not made from the stand-ins"), stderr);
    assertEquals(code, 1);
  },
});

Deno.test("an unknown target is refused", async () => {
  const { stderr, code } = await compileTask("--target", "pdp11-dec-rt11");
  assert(stderr.startsWith('compile: error: no target "pdp11-dec-rt11"; there are '), stderr);
  assertEquals(code, 1);
});

import { assertEquals, assertRejects } from "@std/assert";
import { runOp } from "../../lib/op/run.ts";
import { withUnstarted } from "../support/unstarted_op.ts";

function run(signal: AbortSignal): ReturnType<typeof runOp> {
  return runOp(["--version"], { timeout: 60, withheld: [], signal, limit: 10 });
}

Deno.test("op is not started for whoever has given up already", async () => {
  const start = (): never => {
    throw new Error("op is started");
  };
  const signal = AbortSignal.abort(new Error("interrupted"));
  await assertRejects(() => withUnstarted(start, () => run(signal)), Error, "interrupted");
});

Deno.test("a Ctrl-C that is heard of after op is why it failed, and takes no answer away", async () => {
  const interrupted = async (success: boolean): Promise<string> => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error("interrupted")));
    const ending = { printed: "sk-one\n", success };
    const { stdout } = await withUnstarted(() => ending, () => run(controller.signal));
    return new TextDecoder().decode(stdout);
  };
  assertEquals(await interrupted(true), "sk-one\n");
  await assertRejects(() => interrupted(false), Error, "interrupted");
});

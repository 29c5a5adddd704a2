import { assertEquals, assertRejects } from "@std/assert";
import { runOp } from "../../lib/op/run.ts";

/** What a run with a stand-in for `op` comes to, which is started so and is no other process. */
async function withOp(spawn: () => unknown, signal: AbortSignal): ReturnType<typeof runOp> {
  const { Command } = Deno;
  try {
    Object.assign(Deno, {
      Command: class {
        spawn = spawn;
      },
    });
    return await runOp(["--version"], { timeout: 60, withheld: [], signal, limit: 10 });
  } finally {
    Object.assign(Deno, { Command });
  }
}

/** An `op` that has ended already. */
function ended(success: boolean): () => unknown {
  const [stdout, stderr] = [new Blob(["sk-one\n"]).stream(), new Blob([]).stream()];
  return () => ({ stdout, stderr, status: Promise.resolve({ success, signal: null }) });
}

Deno.test("op is not started for whoever has given up already", async () => {
  const start = (): never => {
    throw new Error("op is started");
  };
  const signal = AbortSignal.abort(new Error("interrupted"));
  await assertRejects(() => withOp(start, signal), Error, "interrupted");
});

Deno.test("a Ctrl-C that is heard of after op is why it failed, and takes no answer away", async () => {
  const interrupted = async (success: boolean): Promise<string> => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error("interrupted")));
    const { stdout } = await withOp(ended(success), controller.signal);
    return new TextDecoder().decode(stdout);
  };
  assertEquals(await interrupted(true), "sk-one\n");
  await assertRejects(() => interrupted(false), Error, "interrupted");
});

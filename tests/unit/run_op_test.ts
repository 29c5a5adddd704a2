import { assertRejects } from "@std/assert";
import { runOp } from "../../lib/op/run.ts";

Deno.test("op is not started for whoever has given up already", async () => {
  const { Command } = Deno;
  class NeverStarted {
    spawn(): never {
      throw new Error("op is started");
    }
  }
  try {
    Object.assign(Deno, { Command: NeverStarted });
    const signal = AbortSignal.abort(new Error("interrupted"));
    const options = { timeout: 60, withheld: [], signal, limit: 1 };
    await assertRejects(() => runOp(["--version"], options), Error, "interrupted");
  } finally {
    Object.assign(Deno, { Command });
  }
});

import { assertEquals } from "@std/assert";
import { KEY, Terminal } from "./terminal.ts";

const DEBUG = { CLAUDE_DEBUG: "1" };
const FROM_CACHE = "claude-key: key loaded from cache\n";

function fetched(reason: string): string {
  return `claude-key: key fetched from 1Password (${reason})\n`;
}

Deno.test("the first run fetches the key, the second one has it from the cache", async () => {
  using terminal = new Terminal();
  assertEquals(await terminal.run(["get"], { env: DEBUG }), {
    stdout: `${KEY}\n`,
    stderr: fetched("no cached key"),
    status: 0,
  });
  assertEquals(await terminal.run(["get"], { env: DEBUG }), {
    stdout: `${KEY}\n`,
    stderr: FROM_CACHE,
    status: 0,
  });
  assertEquals(terminal.calls, ["read op://Work/litellm/API Key"]);
});

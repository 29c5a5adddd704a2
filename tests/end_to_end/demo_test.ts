import { assertEquals } from "@std/assert";
import { outputOf } from "../support/deadline.ts";
import { NO_POWERSHELL_IN_WINE } from "../support/skips.ts";
import { program } from "../support/program.ts";

Deno.test({
  name: "the demonstration shows the main job, and leaves nothing behind",
  ignore: NO_POWERSHELL_IN_WINE,
  fn: async () => {
    const temporary = Deno.makeTempDirSync({ prefix: "claude-key-test-" });
    const demo = new URL("../../scripts/demo.ts", import.meta.url);
    const { command, env } = program(demo);
    const importMap = Deno.env.get("CLAUDE_KEY_IMPORT_MAP");
    const { stdout, success } = await outputOf(command, {
      args: [
        "run",
        "--quiet",
        "--allow-all",
        demo.href,
        ...(importMap === undefined ? [] : [`--import-map=${importMap}`]),
      ],
      clearEnv: true,
      env: {
        ...env,
        PATH: Deno.env.get("PATH") ?? "",
        TMPDIR: temporary,
        TEMP: temporary,
        TMP: temporary,
        ANTHROPIC_AUTH_TOKEN: "sk-mine",
      },
    });
    const KEY = "  sk-demonstration-not-a-real-key\n";
    const shown = new TextDecoder().decode(stdout).replaceAll("\r\n", "\n");
    assertEquals(success, true);
    assertEquals(shown.match(/ {2}claude-key: .*/g), [
      "  claude-key: key fetched from 1Password (no cached key)",
      "  claude-key: key loaded from cache",
      "  claude-key: key fetched from 1Password (cache file empty)",
      "  claude-key: key loaded from cache",
      "  claude-key: key loaded from cache",
    ]);
    assertEquals(shown.split(KEY).length, 5);
    assertEquals(shown.includes("  ANTHROPIC_AUTH_TOKEN=sk-demonstration-not-a-real-key\n"), true);
    assertEquals(shown.includes("Of five runs, 2 asked the vault."), true);
    assertEquals(Array.from(Deno.readDirSync(temporary)), []);
    Deno.removeSync(temporary);
  },
});

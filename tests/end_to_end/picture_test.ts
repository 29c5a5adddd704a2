import { assertEquals } from "@std/assert";
import { outputOf } from "../support/deadline.ts";
import { SHOWN_ON_UNIX } from "../support/skips.ts";
import { program } from "../support/program.ts";

Deno.test({
  name: "the picture of the README is what the demonstration shows: deno task picture",
  ignore: SHOWN_ON_UNIX,
  fn: async () => {
    const temporary = Deno.makeTempDirSync({ prefix: "claude-key-test-" });
    const task = new URL("../../scripts/picture.ts", import.meta.url);
    const { command, env } = program(task);
    const importMap = Deno.env.get("CLAUDE_KEY_IMPORT_MAP");
    const { stderr, success } = await outputOf(command, {
      args: [
        "run",
        "--quiet",
        "--allow-all",
        task.href,
        `${temporary}/session.svg`,
        ...(importMap === undefined ? [] : [`--import-map=${importMap}`]),
      ],
      clearEnv: true,
      env: { ...env, PATH: Deno.env.get("PATH") ?? "", TMPDIR: temporary },
    });
    assertEquals([new TextDecoder().decode(stderr), success], ["", true]);
    const committed = new URL("../../docs/session.svg", import.meta.url);
    assertEquals(
      Deno.readTextFileSync(`${temporary}/session.svg`),
      Deno.readTextFileSync(committed),
    );
    Deno.removeSync(temporary, { recursive: true });
  },
});

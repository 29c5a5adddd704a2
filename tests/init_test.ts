import { assert, assertEquals } from "@std/assert";
import { isInstalled } from "./real_shells.ts";
import {
  goOn,
  InteractiveShell,
  takeStarted,
  TYPED_SHELLS,
  untilClaudeWaits,
} from "./interactive_shell.ts";
import { KEY, LOCAL_ENV, Terminal, until } from "./terminal.ts";

const GATEWAY = `${LOCAL_ENV}LITELLM_BASE_URL=https://litellm.example.com\n`;
const HARD = ["two words", "", 'it\'s "so"', "$HOME `id` \\", "*", "--", "-n"];

for (const shell of TYPED_SHELLS) {
  const title = shell.shell;
  const ignore = !isInstalled(shell.shell) || !isInstalled("tmux");

  Deno.test(
    `typed in ${title}, claude gets the key and the shell never does`,
    { ignore },
    async () => {
      using terminal = new Terminal(GATEWAY);
      await using typed = InteractiveShell.start(terminal, shell);
      assertEquals([await typed.status(), terminal.calls], [0, []]);

      await typed.type(`claude exit 42 ${HARD.map(shell.quote).join(" ")}`);
      assertEquals(await typed.status(), 42);
      const started = takeStarted(terminal);
      assertEquals(started?.args, ["exit", "42", ...HARD]);
      assertEquals(started?.env.get("ANTHROPIC_AUTH_TOKEN"), KEY);
      assertEquals(started?.env.get("ANTHROPIC_BASE_URL"), "https://litellm.example.com");
      assert(!await typed.mentions(KEY));

      await typed.type("claude wait");
      await untilClaudeWaits(terminal);
      typed.press("C-c");
      assertEquals(await typed.status(), 9);

      await typed.type("claude wait");
      await untilClaudeWaits(terminal);
      typed.press("C-z");
      assert(!await typed.mentions(KEY));
      await typed.type("fg");
      await goOn(terminal);
      assertEquals(await typed.status(), 0);
    },
  );

  Deno.test(`typed in ${title}, claude is not started without a key`, { ignore }, async () => {
    using terminal = new Terminal(GATEWAY);
    await using typed = InteractiveShell.start(terminal, shell);

    terminal.failWith("[ERROR] 2026/01/31 12:00:00 account is not signed in");
    await typed.type("claude");
    assertEquals([await typed.status(), takeStarted(terminal)], [4, undefined]);

    terminal.failWith();
    terminal.hold();
    await typed.type("claude");
    await until("op is asked", () => terminal.calls.length === 2);
    typed.press("C-c");
    assertEquals([await typed.status(), takeStarted(terminal)], [130, undefined]);
    terminal.release();

    await typed.type("claude");
    assertEquals([await typed.status(), takeStarted(terminal)?.args], [0, []]);
  });
}

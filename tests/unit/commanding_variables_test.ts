import { assert, assertEquals } from "@std/assert";
import { isCommanding } from "../../lib/configuration/commanding_variables.ts";
import { outputOf } from "../support/deadline.ts";
import { join } from "../support/join.ts";
import { isInstalled, REAL_SHELLS } from "../support/real_shells.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

/** Names that a shell does not list, as they begin to exist with their first use. */
const UNLISTED = ["RANDOM", "SRANDOM", "SECONDS", "LINENO", "HISTCMD", "COLUMNS", "LINES", "TMOUT"];

for (const { title, program, args } of REAL_SHELLS) {
  if (!["bash", "zsh", "ksh", "mksh", "yash"].includes(title)) continue;
  const name = `no variable that ${title} takes for arithmetic is handed on`;
  Deno.test({ name, ignore: !isInstalled(program) }, async () => {
    const type = async (line: string): Promise<string> => {
      const { stdout } = await outputOf(program, { args: [...args, line] });
      return new TextDecoder().decode(stdout);
    };
    using temporary = new TemporaryFolder();
    const folder = temporary.path;
    const listed = await type("set; typeset -i");
    const names = Array.from(listed.matchAll(/^(?:.* )?([A-Za-z_]\w*)(?:=|$)/gm), nameIn);
    assert(names.includes("PATH"));
    for (const name of new Set([...UNLISTED, ...names])) {
      await type(`export ${name}='path[$(: >${join(folder, name)})1]'`);
    }
    for (const { name } of Deno.readDirSync(folder)) {
      assertEquals([name, isCommanding(name)], [name, true]);
    }
  });
}

Deno.test("what Claude Code is told about its own bash is data", () => {
  for (const name of ["BASH_DEFAULT_TIMEOUT_MS", "BASH_MAX_OUTPUT_LENGTH", "MAX_THINKING_TOKENS"]) {
    assertEquals([name, isCommanding(name)], [name, false]);
  }
});

function nameIn([, name = ""]: RegExpMatchArray): string {
  return name;
}

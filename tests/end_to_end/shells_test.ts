import { assert, assertEquals, assertNotEquals, assertStringIncludes } from "@std/assert";
import type { Dialect } from "../../lib/shells/dialect.ts";
import { loadDialect } from "../../lib/shells/dialects.ts";
import { isPosixShell, type Shell } from "../../lib/shells/names.ts";
import { EVALUATION_LINES } from "../../lib/shells/evaluation_lines.ts";
import {
  isInstalled,
  type Outcome,
  REAL_SHELLS,
  type RealShell,
  Terminal,
} from "../support/real_shells.ts";
import { SEED, shellValues } from "../support/shell_values.ts";

const COUNT = 2_000;

/** What a dialect must be able to express; there is nothing that the others may refuse. */
const EXPRESSIBLE: { readonly [shell in Shell]?: (value: string) => boolean } = {
  cmd: (value) => /^[ -~]+$/.test(value) && !value.includes("!") && value.length < 7_900,
  csh: (value) => !value.includes("\n") && (/^[\0-\x7F]*$/.test(value) || value.length < 1_000),
};

for (const real of REAL_SHELLS) {
  const { start } = EVALUATION_LINES[real.shell];
  const ignore = !isInstalled(real.program);

  Deno.test(`${real.title} ends up with every value byte for byte`, { ignore }, async () => {
    await assertRoundTrip(real, start, EXPRESSIBLE[real.shell] ?? (() => true));
  });

  Deno.test(`${real.title} starts nothing when there is no key`, { ignore }, async () => {
    const { render, failure } = await loadDialect(real.shell);
    using terminal = new Terminal();

    terminal.prepare(render(new Map([["A", "1"]])), 0);
    assertEquals((await terminal.type(start, real)).stdout, "started\n");

    // With status 0 too: not every shell looks at the status inside of a substitution or pipe.
    for (const status of [4, 0]) {
      terminal.prepare(failure, status);
      assertNotStarted(await terminal.type(start, real));
    }
  });

  Deno.test(`${real.title} starts nothing where claude-key cannot run`, { ignore }, async () => {
    using terminal = new Terminal();
    assertNotStarted(await terminal.type(start, real));
    // On Windows nobody can remove a folder that is some program's current one.
    if (Deno.build.os === "windows") return;
    terminal.prepareReal();
    const outcome = await terminal.typeInRemovedFolder(start, real);
    assertNotStarted(outcome);
    // Deno's words; but for nushell, which runs nothing there.
    const words = real.shell === "nu" ? "$env.PWD points to a non-existent" : "working directory";
    assertStringIncludes(outcome.stderr, words);
  });
}

for (const real of REAL_SHELLS.filter(({ shell }) => isPosixShell(shell))) {
  const ignore = !isInstalled(real.program);

  Deno.test(`${real.title} starts nothing when the quotes are forgotten`, { ignore }, async () => {
    const line = "eval $(claude-key env || echo false) && claude";
    using terminal = new Terminal();
    assertNotStarted(await terminal.type(line, real));
    terminal.prepare((await loadDialect(real.shell)).failure, 4);
    assertNotStarted(await terminal.type(line, real));
  });
}

/** Insists that the line failed, and that `claude` was not started. */
function assertNotStarted({ status, stdout, environment }: Outcome): void {
  assertEquals([stdout, environment], ["", undefined]);
  assertNotEquals(status, 0);
}

/** Types a line that starts `claude`, and compares the environment that it gets. */
async function assertRoundTrip(
  real: RealShell,
  line: string,
  accepts: (value: string) => boolean,
): Promise<void> {
  const dialect = await loadDialect(real.shell);
  const values = shellValues(COUNT, accepts);
  using terminal = new Terminal();
  for (const variables of batches(named(values), dialect, real.limit ?? Infinity)) {
    terminal.prepare(dialect.render(variables), 0);
    const { status, stdout, stderr, environment } = await terminal.type(line, real);
    assertEquals([status, stdout, stderr], [0, "started\n", ""], `SHELL_VALUES_SEED=${SEED}`);
    assert(environment !== undefined);
    for (const [name, value] of variables) {
      const arrived = environment.get(name) ?? (real.shell === "pwsh" ? "" : undefined);
      assertEquals(arrived, value, `${name}, SHELL_VALUES_SEED=${SEED}`);
    }
  }
}

/** Names values, as lists of paths where these are not expanded: some shells treat them apart. */
function named(values: readonly string[]): [string, string][] {
  return values.map((value, index) => [`V${index}${/[~$%]/.test(value) ? "" : "_PATH"}`, value]);
}

/** Variables in lots whose text is no longer than a limit in bytes, if they can be parted. */
function batches(
  variables: readonly [string, string][],
  dialect: Dialect,
  limit: number,
): Map<string, string>[] {
  const lots: Map<string, string>[] = [];
  let size = Infinity;
  for (const [name, value] of variables) {
    const { length } = new TextEncoder().encode(dialect.render(new Map([[name, value]])));
    size += length;
    if (size > limit || lots.length === 0) {
      lots.push(new Map());
      size = length;
    }
    lots.at(-1)?.set(name, value);
  }
  return lots;
}

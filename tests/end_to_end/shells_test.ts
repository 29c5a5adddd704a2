import { assert, assertEquals, assertNotEquals } from "@std/assert";
import type { Dialect } from "../../lib/shells/dialect.ts";
import { loadDialect } from "../../lib/shells/dialects.ts";
import type { Shell } from "../../lib/shells/names.ts";
import { EVALUATION_LINES } from "../../lib/shells/evaluation_lines.ts";
import { isInstalled, REAL_SHELLS, type RealShell, Terminal } from "../support/real_shells.ts";
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
      const outcome = await terminal.type(start, real);
      assertEquals([outcome.stdout, outcome.environment], ["", undefined]);
      assertNotEquals(outcome.status, 0);
    }
  });
}

for (const real of REAL_SHELLS.filter(({ shell }) => ["posix", "bash", "zsh"].includes(shell))) {
  const ignore = !isInstalled(real.program);

  Deno.test(`${real.title} does not need quotes around $(claude-key env)`, { ignore }, async () => {
    const line = "eval $(claude-key env) && claude";
    // Braces too: ksh and mksh expand them in what a substitution yields.
    await assertRoundTrip(real, line, (value) => !/[\s*?[{]/.test(value));
  });

  Deno.test(`${real.title} starts nothing without these quotes either`, { ignore }, async () => {
    using terminal = new Terminal();
    terminal.prepare((await loadDialect(real.shell)).failure, 4);
    const { status, stdout, stderr } = await terminal.type(
      "eval $(claude-key env) && claude",
      real,
    );
    assertEquals([status, stdout, stderr], [1, "", ""]);
  });
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

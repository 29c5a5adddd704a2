/**
 * `deno task mutate [--every=N | --again=OUTPUT] [FILE…] [TEST…]`: makes small changes to files of
 * lib/, one at a time, in copies of the project, and prints those that no test notices. Without a
 * file all of lib/ is changed; with tests only these are run. `--every=10` tries one change in ten,
 * `--again` those that survived a run of which the output is in a file.
 *
 * Each test file runs once to learn which lines it executes, the programs that it starts included. A
 * change is then tried with the test files that reach its lines, the quick ones first, until one
 * fails. One that hangs has noticed it, too. What the type check refuses is not counted.
 *
 * StrykerJS 9.6 was tried for this. Its own switching of changes reads `process.env`, which the
 * confined program may not and which loads Deno's Node layer, and the tests start programs without
 * the variables of their own, so that no change would ever be made. Its instrumenter, used alone for
 * finding changes, works under Deno and is 68 packages; but it leaves numbers, members of lists,
 * single statements, parts of conditions and alternatives of patterns as they are, which is what
 * matters here. `deno lint` has a parser and hands a plugin the tree.
 *
 * @module
 */

import { choose } from "./mutate/choose.ts";
import { changed, findChanges, type FoundChange } from "./mutate/find_changes.ts";
import { ProjectCopy } from "./mutate/project_copy.ts";
import { type Reach, reachOf } from "./mutate/reach.ts";
import { type Attempt, summary, survivorLine } from "./mutate/summary.ts";
import { testsFor } from "./mutate/tests_for.ts";
import { wellTyped } from "./mutate/well_typed.ts";
import { standardLibrary, takeImportMap } from "./standard_library.ts";
import { takeOption } from "./take_option.ts";

const PROJECT = new URL("..", import.meta.url);

const { importMap: given, others } = takeImportMap(Deno.args);
const { value: every = "1", others: withoutEvery } = takeOption("every", others);
const { value: again, others: named } = takeOption("again", withoutEvery);
const { flags, importMap } = await standardLibrary(given);
const survivors = again === undefined ? undefined : Deno.readTextFileSync(again);
const namedTests = named.filter((path) => path.endsWith("_test.ts"));
const namedFiles = named.filter((path) => !path.endsWith("_test.ts"));

const sources = sourcesBelow("lib/");
const files = namedFiles.length > 0
  ? sources.filter((path) => namedFiles.some((name) => `${path}/`.startsWith(`${name}/`)))
  : sources;
const tests = namedTests.length > 0 ? namedTests : [
  ...sourcesBelow("tests/").filter((path) => path.endsWith("_test.ts")),
  ...sources.filter((path) => Deno.readTextFileSync(new URL(path, PROJECT)).includes("```ts")),
];

const copies = Array.from(
  { length: navigator.hardwareConcurrency },
  () => new ProjectCopy(PROJECT, flags, importMap),
);
Deno.addSignalListener("SIGINT", () => {
  for (const copy of copies) copy[Symbol.dispose]();
  Deno.exit(130);
});
try {
  await mutate();
} finally {
  for (const copy of copies) copy[Symbol.dispose]();
}

async function mutate(): Promise<void> {
  print(`${tests.length} test files run once, to see what they reach`);
  const reaches: Reach[] = [];
  await share(tests, async (test, copy) => {
    const reach = await reachOf(copy, test);
    if (reach.run.outcome === "passed") reaches.push(reach);
    else print(`${test} ${reach.run.outcome} without a change and is left out`);
  });

  const all = await findChanges(PROJECT, files);
  const chosen = choose(all, Number(every), survivors);
  const typed: FoundChange[] = [];
  await share(files, async (file, copy) => {
    const changes = chosen.filter((change) => change.file === file);
    typed.push(...await wellTyped(copy, changes, flags));
  });
  print(`${typed.length} changes are tried; ${chosen.length - typed.length} break the types`);

  const attempts: Attempt[] = [];
  await share(typed, async (change, copy) => {
    const attempt = await attemptOf(change, copy, reaches, attempts);
    attempts.push(attempt);
    if (attempt.noticedBy === undefined) print(survivorLine(change));
  });
  print(summary(attempts));
}

/** Makes a change, and undoes it when a test has noticed or none has. */
async function attemptOf(
  change: FoundChange,
  copy: ProjectCopy,
  reaches: readonly Reach[],
  before: readonly Attempt[],
): Promise<Attempt> {
  const text = copy.read(change.file);
  copy.write(change.file, changed(text, change));
  try {
    for (const { test, run } of testsFor(change, reaches, before)) {
      const { outcome } = await copy.test(test, { limit: 10 + 3 * run.seconds });
      if (outcome !== "passed") return { change, noticedBy: test, timedOut: outcome !== "failed" };
    }
    return { change, timedOut: false };
  } finally {
    copy.write(change.file, text);
  }
}

/** Does a work for each of many, as many at a time as there are copies. */
async function share<T>(
  items: readonly T[],
  work: (item: T, copy: ProjectCopy) => Promise<void>,
): Promise<void> {
  const left = items.values();
  await Promise.all(copies.map(async (copy) => {
    for (const item of left) await work(item, copy);
  }));
}

function sourcesBelow(folder: string): string[] {
  return Array.from(Deno.readDirSync(new URL(folder, PROJECT)), ({ name, isDirectory }) => {
    if (isDirectory) return sourcesBelow(`${folder}${name}/`);
    return name.endsWith(".ts") ? [folder + name] : [];
  }).flat().sort();
}

function print(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
}

/**
 * Turns the sources into a binary, in two steps: a few bundled files, then those files and Deno's
 * runtime as one program.
 *
 * A bundle by itself, rather than `deno compile main.ts`, because a cache hit takes less time from
 * two files than from forty modules; because the binary then carries neither deno.json, lock file
 * nor the paths of the machine that built it; and because the very text that a binary runs can be
 * tested without a binary. `deno compile --bundle` gives one file, which would carry all
 * of those, and which a hit would have to read whole: most of it is for other commands.
 *
 * The runtime of a binary loads an embedded module when it is imported, and needs no permission for
 * it, also after confinement [Deno 2.9: `EmbeddedModuleLoader` in cli/rt/run.rs].
 *
 * @module
 */

import { compiledPermissionFlags } from "../../lib/confinement/permissions.ts";
import { compiledAtOnce } from "./compile_at_once.ts";
import { RUNTIME_FLAGS, SELF_CONTAINED } from "./like_binary.ts";
import type { Target } from "./targets.ts";
import { TIMESTAMP } from "./timestamp.ts";
import { functionsOfAHit } from "./watch_hit.ts";

/**
 * Checks the types of claude-key and bundles its modules: `main.js` and files beside it, with what
 * only a miss or a project needs, and with what these have in common with a hit; and `lib/cli.js`,
 * the whole program, which `main.js` loads for anything else. What a run costs before its first line
 * grows with what is read, so that the former have short names and no spaces; the latter is as it
 * was written. The functions that a hit calls stand in parentheses; see `compile_at_once.ts`.
 *
 * @param folder The folder to write into.
 * @param flags The flags that choose the standard library; see `standard_library.ts`.
 * @throws {Error} If the types are wrong, the lock file is out of date, a module is missing, or the
 * bundles have no hit to show.
 */
export async function bundle(folder: string, flags: readonly string[]): Promise<void> {
  const settings = ["--quiet", "--frozen", "--check", ...flags];
  await deno([
    "bundle",
    ...settings,
    "--minify",
    "--code-splitting",
    "--outdir",
    folder,
    MAIN.source,
  ]);
  const called = await functionsOfAHit(`${folder}/${MAIN.bundled}`);
  for (const file of readByEveryRun(folder)) {
    const path = `${folder}/${file}`;
    Deno.writeTextFileSync(
      path,
      compiledAtOnce(Deno.readTextFileSync(path), called.get(file) ?? []),
    );
  }
  await deno(["bundle", ...settings, "--output", `${folder}/${WHOLE.bundled}`, WHOLE.source]);
  for (const file of filesBelow(folder)) await Deno.utime(file, TIMESTAMP, TIMESTAMP);
}

/** Where a run begins. */
const MAIN = { source: "main.ts", bundled: "main.js" } as const;

/** What `main.ts` loads by a computed name. */
const WHOLE = { source: "lib/cli.ts", bundled: "lib/cli.js" } as const;

/**
 * Names the bundles that every run reads.
 *
 * @param folder The folder that {@linkcode bundle} wrote into.
 * @returns `main.js` and what it imports whatever is asked for, by their names in the folder.
 */
export function readByEveryRun(folder: string): string[] {
  const files = new Set<string>([MAIN.bundled]);
  for (const file of files) {
    const imports = Deno.readTextFileSync(`${folder}/${file}`).matchAll(/from"\.\/(.*?)"/g);
    for (const [, imported = ""] of imports) files.add(imported);
  }
  return [...files];
}

function filesBelow(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    const path = `${folder}/${name}`;
    return isDirectory ? filesBelow(path) : [path];
  });
}

/**
 * Compiles the bundles for a target.
 *
 * @param folder The folder that {@linkcode bundle} wrote into.
 * @param target The target.
 * @param output The file to write. On Windows targets it must end in `.exe`.
 * @param runtime A `denort` of that target in the place of the one that Deno downloads.
 * @throws {Error} If Deno cannot compile it.
 */
export async function compileBinary(
  folder: string,
  target: Target,
  output: string,
  runtime?: string,
): Promise<void> {
  // A temporary folder often has another name by which Deno knows it, and the files of a folder that
  // goes by two names have no part of their path in common: the binary would carry the whole paths.
  const real = Deno.realPathSync(folder);
  const [main, whole] = [`${real}/${MAIN.bundled}`, `${real}/${WHOLE.bundled}`];
  // `deno compile` itself forgives what is missing from a file that it only includes.
  await deno(["cache", "--quiet", ...SELF_CONTAINED, main, whole]);
  await deno(
    ["compile", ...compileFlags(target), "--include", whole, "--output", output, main],
    runtime === undefined ? {} : { DENORT_BIN: runtime },
  );
}

/**
 * Finds out whether a binary carries its whole program. It has to: what is missing is looked for on
 * the disk, in a folder that anybody could make [Deno 2.9: `StandaloneModules` in cli/rt/binary.rs].
 *
 * @param binary The whole file.
 * @param folder The folder that {@linkcode bundle} wrote into.
 * @returns The files that it does not carry, byte for byte.
 */
export function missingFrom(binary: Uint8Array, folder: string): string[] {
  const decoder = new TextDecoder("latin1");
  const carried = decoder.decode(binary);
  return filesBelow(folder).filter((file) =>
    !carried.includes(decoder.decode(Deno.readFileSync(file)))
  );
}

function compileFlags(target: Target): string[] {
  return [
    "--target",
    target.triple,
    ...compiledPermissionFlags(target.os),
    // Remembered by the binary: it says nothing when there is no `op` on the path.
    "--quiet",
    ...RUNTIME_FLAGS,
    ...SELF_CONTAINED,
    "--no-check",
  ];
}

async function deno(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: new URL("../..", import.meta.url),
    env: { ...env, DENO_NO_UPDATE_CHECK: "1" },
    stdout: "null",
  }).spawn().status;
  if (!success) throw new Error(`deno ${args[0]} failed`);
}

/**
 * Turns the sources into a binary, in two steps: a few bundled files, then those files and Deno's
 * runtime as one program.
 *
 * A bundle by itself, rather than `deno compile main.ts`, because a cache hit takes less time from
 * two files than from forty modules; because the binary then carries neither deno.json, lock file
 * nor the paths of the machine that built it; and because the very text that a binary runs can be
 * read, and tested, without a binary. `deno compile --bundle` gives one file, which would carry all
 * of those, and which a hit would have to read whole: most of it is for other commands.
 *
 * The runtime of a binary loads an embedded module when it is imported, and needs no permission for
 * it, also after confinement [Deno 2.9: `EmbeddedModuleLoader` in cli/rt/run.rs].
 *
 * @module
 */

import { compiledPermissionFlags, permissionFlags } from "../../lib/confinement/permissions.ts";
import { compiledAtOnce } from "./compile_at_once.ts";
import type { Target } from "./targets.ts";
import { TIMESTAMP } from "./timestamp.ts";

/**
 * Checks the types of claude-key and bundles its modules: `main.js` and files beside it, with what
 * only a miss or a project needs, and with what these have in common with a hit; and `lib/cli.js`,
 * the whole program, which `main.js` loads for anything else. Nothing is minified: whoever wants to know what a binary runs
 * can read it, and a trace names what it names in source. What every run reads has its functions in
 * parentheses; see `compile_at_once.ts`.
 *
 * @param folder The folder to write into.
 * @param flags The flags that choose the standard library; see `standard_library.ts`.
 * @throws {Error} If the types are wrong, the lock file is out of date or a module is missing.
 */
export async function bundle(folder: string, flags: readonly string[]): Promise<void> {
  const settings = ["--quiet", "--frozen", "--check", ...flags];
  await deno(["bundle", ...settings, "--code-splitting", "--outdir", folder, MAIN.source]);
  for (const file of readByEveryRun(folder)) {
    const path = `${folder}/${file}`;
    Deno.writeTextFileSync(path, compiledAtOnce(Deno.readTextFileSync(path)));
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
    const imports = Deno.readTextFileSync(`${folder}/${file}`).matchAll(/ from "\.\/(.*)";$/gm);
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

/**
 * Says how Deno runs a bundle without a binary, as near to one as can be.
 *
 * @param entry The file to run.
 * @returns The arguments for Deno, before the program's own.
 */
export function likeBinary(entry: string): string[] {
  const permissions = permissionFlags(Deno.build.os);
  return ["run", "--quiet", ...SELF_CONTAINED, ...RUNTIME_FLAGS, ...permissions, entry];
}

/**
 * How Deno runs the bundles. Its code cache would be a predictable file in the shared temp folder,
 * run as it is found there. And V8 makes no machine code at run time: that pays in no run of ours,
 * each of which would wait for it, and so no memory is ever both written and run.
 * Source: https://v8.dev/blog/jitless
 */
const RUNTIME_FLAGS = ["--no-code-cache", "--v8-flags=--jitless"] as const;

/** A bundle is whole; whatever it still wanted from elsewhere would be a defect. */
const SELF_CONTAINED = ["--no-config", "--no-lock", "--no-remote", "--no-npm"] as const;

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

/**
 * Where the standard library comes from in this run: from JSR, as deno.json says, or, where JSR
 * cannot be reached, from the stand-ins under `scripts/std`.
 *
 * @module
 */

import { takeOption } from "./take_option.ts";

const STAND_INS = new URL("./std/import_map.json", import.meta.url);
const PROBE = new URL("./std/probe.ts", import.meta.url);

/** How a run gets the standard library. */
export interface StandardLibrary {
  /** Flags for `deno run`, `test` and `check`. */
  readonly flags: readonly string[];
  /** The import map that the flags name, if they name one. */
  readonly importMap?: string;
  /** Whether the stand-ins serve, because JSR could not be reached. */
  readonly standIns: boolean;
}

/**
 * Takes the option `--import-map=FILE` out of a script's arguments.
 *
 * @param args The arguments.
 * @returns The file as a URL, if the option is given, and the other arguments.
 */
export function takeImportMap(args: readonly string[]): { importMap?: string; others: string[] } {
  const { value: given, others } = takeOption("import-map", args);
  // The programs under test run in folders of their own.
  const importMap = given && new URL(given, `file://${Deno.cwd()}/`).href;
  return importMap ? { importMap, others } : { others };
}

/**
 * Chooses the standard library for a run, and says so in one line on stderr if it is the
 * stand-ins. They serve only when JSR does not answer: any other problem with the real packages,
 * a failed integrity check above all, ends the run.
 *
 * @param importMap Path of an import map that is used instead of JSR and of the stand-ins.
 * @returns The flags that make Deno use it.
 */
export async function standardLibrary(importMap?: string): Promise<StandardLibrary> {
  if (importMap !== undefined) return mapped(importMap, false);
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["cache", "--frozen", "--quiet", PROBE.href],
    env: { NO_COLOR: "1" },
    stdout: "null",
    stderr: "piped",
  }).output();
  if (success) return { flags: [], standIns: false };
  const words = new TextDecoder().decode(stderr);
  if (!/JSR package manifest for '@std\/\w+' failed to load/.test(words)) {
    await Deno.stderr.write(stderr);
    Deno.exit(1);
  }
  await Deno.stderr.write(new TextEncoder().encode(
    "JSR cannot be reached: stand-ins for the standard library are used\n",
  ));
  return mapped(STAND_INS.href, true);
}

function mapped(importMap: string, standIns: boolean): StandardLibrary {
  return { flags: [`--import-map=${importMap}`], importMap, standIns };
}

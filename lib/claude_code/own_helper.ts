/**
 * How this very claude-key is run as a helper, and what the system says of one that is set up.
 *
 * @module
 */

import type { VariableLookup } from "../configuration/locations.ts";
import { permissionFlags } from "../confinement/permissions.ts";
import { folderOf, foldersOf, isProgram } from "../files/find_program.ts";
import { below, isAbsolute, WINDOWS } from "../files/paths.ts";
import { DESKTOP_FOLDERS, type HelperForm, type HelperParts } from "./helper_command.ts";

/**
 * The words that run this claude-key so that it prints the key: the binary, or from source Deno with
 * the binary's permissions.
 *
 * @returns The words, the program as an absolute path.
 */
export function ownWords(): string[] {
  if (Deno.build.standalone) return [Deno.execPath(), "get"];
  const flags = ["--quiet", "--frozen", ...permissionFlags(Deno.build.os)];
  return [Deno.execPath(), "run", ...flags, Deno.mainModule, "get"];
}

/**
 * Gathers what a helper has to be made of to work from wherever Claude Code is started.
 *
 * @param variable Looks up `PATH`.
 * @param desktop Where what a desktop starts finds programs.
 * @returns The parts.
 */
export function ownHelper(
  variable: VariableLookup,
  desktop: readonly string[] = DESKTOP_FOLDERS,
): HelperParts {
  const folder = folderOf("op", foldersOf(variable("PATH") ?? ""));
  const isKnown = folder === undefined || folderOf("op", desktop) !== undefined;
  return { words: ownWords(), ...(!isKnown && { opFolder: folder }) };
}

/** What the system says of a helper. */
export interface HelperFacts {
  /** Whether its program is found by Claude Code when a desktop has started that. */
  readonly programIsThere: boolean;
  /** Whether `op` is; also if there is none at all, which is said elsewhere. */
  readonly opIsThere: boolean;
}

/**
 * Looks at what a helper needs.
 *
 * @param form The helper.
 * @param variable Looks up `HOME` and `PATH`.
 * @param desktop Where what a desktop starts finds programs.
 * @returns What there is.
 */
export function lookAtHelper(
  { program, folders }: HelperForm & { readonly kind: "claude-key" },
  variable: VariableLookup,
  desktop: readonly string[] = DESKTOP_FOLDERS,
): HelperFacts {
  const seen = [...folders, ...desktop];
  const everywhere = foldersOf(variable("PATH") ?? "");
  return {
    programIsThere: isThere(program, WINDOWS ? everywhere : seen, variable("HOME")),
    opIsThere: WINDOWS || folderOf("op", seen) !== undefined ||
      folderOf("op", everywhere) === undefined,
  };
}

function isThere(program: string, folders: readonly string[], home: string | undefined): boolean {
  if (!/[/\\]/.test(program)) return folderOf(program, folders) !== undefined;
  const path = program.startsWith("~/") && home ? below(home, program.slice(2)) : program;
  return isAbsolute(path) && isProgram(path);
}

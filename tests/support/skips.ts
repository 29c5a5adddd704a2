/**
 * Why a test is skipped where it is: one name for each reason. For missing programs see `tools.ts`.
 *
 * @module
 */

const WINDOWS = Deno.build.os === "windows";

/** There are no permission bits, and no numbers of users. */
export const NO_MODES = WINDOWS;

/** A link can be made by administrators only, and by developers who have said that they are. */
export const NO_LINKS = WINDOWS;

/** A process can be ended, but not told to end. */
export const NO_SIGNALS = WINDOWS;

/** Files and folders cannot be pipes, and a name is text. */
export const NO_ODD_FILES = WINDOWS;

/** Variables and names are text, never bytes. */
export const NO_BYTES = WINDOWS;

/** There is no POSIX shell; one of Git's would find neither `claude-key.cmd` nor the home folder. */
export const NO_POSIX_SHELL = WINDOWS;

/** `XDG_*` variables and `HOME` have no meaning. */
export const NO_XDG = WINDOWS;

/** Only Linux tells in `/proc` who waits for a lock, and which processes there are. */
export const NO_PROC = Deno.build.os !== "linux";

/** Paths have no drives, and none leads to a server. */
export const NO_DRIVES = !WINDOWS;

/** What the documents show was shown on Unix. */
export const SHOWN_ON_UNIX = WINDOWS;

/** This is Wine, which makes no links and no junctions. */
export const NO_JUNCTION_IN_WINE = isWine();

/** This is Wine, whose PowerShell does nothing at all. */
export const NO_POWERSHELL_IN_WINE = isWine();

/** This is Wine, which has no `tar.exe`. */
export const NO_TAR_IN_WINE = isWine();

/** This is Wine, whose `type` ends at a NUL. */
export const TYPE_ENDS_AT_NUL_IN_WINE = isWine();

/** Registers a test, in the forms of `Deno.test` that the tests use. */
export interface Registrar {
  (test: Deno.TestDefinition): void;
  (name: string, fn: Deno.TestDefinition["fn"]): void;
  (name: string, options: { readonly ignore?: boolean }, fn: Deno.TestDefinition["fn"]): void;
}

/**
 * For tests of what is not there on Windows at all: there, one skipped test stands for them.
 *
 * @param what What they test.
 * @returns What takes the place of `Deno.test`.
 */
export function testOfUnix(what: string): Registrar {
  if (!WINDOWS) return Deno.test;
  Deno.test({ name: `${what}: on Unix alone`, ignore: true, fn: () => {} });
  return () => {};
}

/** Only Wine has this function in its `ntdll.dll` [Wine wiki: developer FAQ]. */
function isWine(): boolean {
  if (!WINDOWS) return false;
  try {
    Deno.dlopen("ntdll.dll", { wine_get_version: { parameters: [], result: "pointer" } }).close();
    return true;
  } catch {
    return false;
  }
}

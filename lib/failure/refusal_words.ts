/**
 * Says why the system refuses a file or folder.
 *
 * @module
 */

/**
 * Says it in words that fit behind its name.
 *
 * @param error What the system threw.
 * @returns Its own words where there are no better ones, without the path that Deno appends.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const full = new Error("No space left on device (os error 28): open '/cache/x'");
 * assertEquals(refusalWords(full), "No space left on device (os error 28)");
 * assertEquals(refusalWords(new Deno.errors.NotADirectory()), "it is not a folder");
 * ```
 */
export function refusalWords(error: unknown): string {
  if (error instanceof Deno.errors.NotCapable) return OUT_OF_REACH;
  // A folder is made where none is, which a file in its place refuses.
  if (error instanceof Deno.errors.NotADirectory || error instanceof Deno.errors.AlreadyExists) {
    return "it is not a folder";
  }
  const words = error instanceof Error ? error.message : String(error);
  return words.replace(/(\(os error \d+\)): .*$/s, "$1");
}

/** `/proc` and the like: Deno asks for more than a permission for the path. */
const OUT_OF_REACH = "Deno keeps programs out of there";

/** What is wrong with a place on another computer, fitting behind «which»; see `isOnServer`. */
export const ON_SERVER = "is on a server, out of claude-key's reach";

/**
 * Whether a program is there: a test that needs an absent one is skipped, and says so.
 *
 * @module
 */

/**
 * Looks for a program on the path.
 *
 * @param name The name of the program.
 * @param args Arguments with which it ends at once.
 * @returns Whether it could be started.
 */
export function present(name: string, args: readonly string[] = ["--version"]): boolean {
  try {
    new Deno.Command(name, { args: [...args], stdin: "null", stdout: "null", stderr: "null" })
      .outputSync();
    return true;
  } catch {
    return false;
  }
}

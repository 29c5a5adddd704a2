/**
 * Stand-in for `@std/fs/ensure-dir`.
 *
 * @module
 */

/** As `ensureDir` of `@std/fs/ensure-dir`: makes the folder and its parents where they are missing. */
export async function ensureDir(dir: string | URL): Promise<void> {
  await Deno.mkdir(dir, { recursive: true });
}

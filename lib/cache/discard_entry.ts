/**
 * Takes back what the cache has when it is known to be wrong.
 *
 * @module
 */

/**
 * Makes sure that a file of the cache serves nobody any more, also where it cannot be removed.
 *
 * @param path The file.
 * @returns Whether it is made sure; `false` if what it says still stands.
 */
export function discardEntry(path: string): boolean {
  return succeeds(() => Deno.removeSync(path)) || servesNobody(path) ||
    // A key of no bytes is none, and so is what has the time of the epoch.
    succeeds(() => Deno.truncateSync(path)) && succeeds(() => Deno.utimeSync(path, 0, 0));
}

function succeeds(act: () => void): boolean {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}

function servesNobody(path: string): boolean {
  try {
    return !Deno.lstatSync(path).isFile;
  } catch (error) {
    return error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory;
  }
}

/**
 * Removes files of the cache, and nothing that only has their names.
 *
 * @module
 */

/** What became of a file that was to be removed. */
type Removal = "removed" | "gone" | "in use" | { readonly problem: string };

/**
 * Removes a file. Of a symbolic link, the link goes and what it leads to stays.
 *
 * @param path The file.
 * @param lock Whether it is a lock, which stays while another process holds it.
 * @returns What became of it; `gone` if somebody else removed it in the meantime.
 */
export async function removeFile(path: string, lock: boolean): Promise<Removal> {
  try {
    const info = Deno.lstatSync(path);
    if (info.isDirectory) return { problem: "is a folder" };
    if (lock && info.isFile && await isHeld(path)) return "in use";
    Deno.removeSync(path);
    return "removed";
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "gone";
    return { problem: `cannot be removed: ${error instanceof Error ? error.message : error}` };
  }
}

/** Where there are no locks, or the file cannot be opened, nobody can hold it. */
async function isHeld(path: string): Promise<boolean> {
  try {
    using file = Deno.openSync(path, { read: true, write: true });
    return !await file.tryLock(true);
  } catch {
    return false;
  }
}

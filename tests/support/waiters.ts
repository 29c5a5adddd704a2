/**
 * Who waits for a lock, as the kernel sees it.
 *
 * @module
 */

/**
 * Counts the processes that wait for the lock on a file [proc_locks(5)].
 *
 * @param path The file.
 * @returns How many wait; 0 if there is no such file.
 */
export function waitersFor(path: string): number {
  try {
    const inode = Deno.statSync(path).ino;
    return Deno.readTextFileSync("/proc/locks").split("\n")
      .filter((line) => line.includes("->") && line.includes(`:${inode} `)).length;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}

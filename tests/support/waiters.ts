/**
 * Who waits for a lock, as the kernel sees it.
 *
 * @module
 */

/**
 * Counts the processes that wait for the lock on a file.
 *
 * @param path The file.
 * @returns How many wait; 0 if there is no such file.
 */
export function waitersFor(path: string): number {
  return waiting(path).size;
}

/**
 * Whether a process waits for the lock on a file.
 *
 * @param pid The process.
 * @param path The file.
 */
export function waitsFor(pid: number, path: string): boolean {
  return waiting(path).has(pid);
}

/**
 * Reads the list of all locks: `2: -> FLOCK ADVISORY WRITE PID MAJOR:MINOR:INODE 0 EOF` is a process
 * that waits, set in further the more wait before it [proc_locks(5)]. While the list changes, a
 * reader sees lines of it twice.
 */
function waiting(path: string): Set<number> {
  try {
    const inode = Deno.statSync(path).ino;
    const lines = Deno.readTextFileSync("/proc/locks")
      .matchAll(/^\d+: *-> \w+ +\w+ +\w+ +(\d+) [^ ]+:(\d+) /gm);
    return new Set(
      lines.filter(([, , its]) => its === String(inode)).map(([, pid]) => Number(pid)),
    );
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return new Set();
    throw error;
  }
}

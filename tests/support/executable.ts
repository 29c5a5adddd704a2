/**
 * Puts programs where they can be run at once.
 *
 * Linux refuses to run a file that any process has open for writing [execve(2), ETXTBSY], and a
 * process that another thread is just starting has, for a moment, all that this one has open: the
 * test files of one run are threads of one process. So the file is written by another program.
 *
 * @module
 */

const WINDOWS = Deno.build.os === "windows";

/**
 * Writes a program.
 *
 * @param path Where; the folder is there.
 * @param text Its text.
 */
export function writeExecutable(path: string, text: string): void {
  if (WINDOWS) return Deno.writeTextFileSync(path, text);
  run("sh", "-c", 'printf %s "$1" >"$2" && chmod 755 "$2"', "sh", text, path);
}

/**
 * Copies a program.
 *
 * @param from The program.
 * @param to Where the copy goes.
 */
export function copyExecutable(from: string | URL, to: string): void {
  if (WINDOWS) return Deno.copyFileSync(from, to);
  run("cp", from instanceof URL ? decodeURIComponent(from.pathname) : from, to);
}

function run(command: string, ...args: string[]): void {
  const { success, stderr } = new Deno.Command(command, { args }).outputSync();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

/**
 * Runs claude-key as `main.ts` does, on a file system that knows no modes: files are open to all,
 * whatever they were made with, as on `/mnt/c` in WSL and on network drives.
 *
 * @module
 */

import { run } from "../../../main.ts";

const { lstatSync } = Deno;
Deno.lstatSync = (path) => {
  const info = lstatSync(path);
  return info.isFile ? { ...info, mode: 0o100777 } : info;
};

Deno.exit(await run(Deno.args));

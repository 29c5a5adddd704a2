/**
 * Runs claude-key as `main.ts` does, on a file system that never says whether a lock is free, as on
 * NFS without a lock manager.
 *
 * @module
 */

import { run } from "../../../main.ts";

const never = (): Promise<never> => new Promise(() => {});
Deno.FsFile.prototype.tryLock = never;
Deno.FsFile.prototype.lock = never;

Deno.exit(await run(Deno.args));

/**
 * Runs claude-key as `main.ts` does, with a temporary file whose name is known beforehand, so that
 * a test can put faults into the calls about this file and into no others.
 *
 * @module
 */

import { run } from "../../../main.ts";

Object.defineProperty(Deno, "pid", { value: 4711 });
crypto.getRandomValues = (array) => array;

Deno.exit(await run(Deno.args));

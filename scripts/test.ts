/**
 * `deno task test [--import-map=FILE] [ARGS]`: every test, with the standard library that can be
 * had. Further arguments go to `deno test`, to name one file, say.
 *
 * @module
 */

import { standardLibrary, takeImportMap } from "./standard_library.ts";

/** In the order in which they are run. The first waits more than it works, beside the others. */
const FOLDERS = ["tests/reliability", "tests", "lib", "scripts/mutate", "scripts/release"];

const { importMap: given, others } = takeImportMap(Deno.args);
const { flags, importMap } = await standardLibrary(given);

const { code } = await new Deno.Command(Deno.execPath(), {
  args: [
    "test",
    "--frozen",
    "--allow-all",
    "--parallel",
    ...flags,
    ...(others.length > 0 ? others : ["--doc", ...FOLDERS]),
  ],
  cwd: new URL("..", import.meta.url),
  env: {
    // The tests wait a good deal for programs that wait: one file more than there are processors.
    DENO_JOBS: Deno.env.get("DENO_JOBS") ?? String(navigator.hardwareConcurrency + 1),
    ...(importMap !== undefined && { CLAUDE_KEY_IMPORT_MAP: importMap }),
  },
}).spawn().status;
Deno.exit(code);

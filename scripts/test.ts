/**
 * `deno task test [--import-map=FILE] [ARGS]`: every test, with the standard library that can be
 * had. Further arguments go to `deno test`, to name one file, say.
 *
 * @module
 */

import { standardLibrary, takeImportMap } from "./standard_library.ts";

/** The first waits more than it works, and does so beside the others. */
const PLACES = [
  "tests/reliability/flight_test.ts",
  "tests",
  "lib",
  "scripts/mutate",
  "scripts/release",
];

const { importMap: given, others } = takeImportMap(Deno.args);
const { flags, importMap } = await standardLibrary(given);

const { code } = await new Deno.Command(Deno.execPath(), {
  args: [
    "test",
    "--frozen",
    "--allow-all",
    "--parallel",
    ...flags,
    ...(others.length > 0 ? others : ["--doc", ...PLACES]),
  ],
  cwd: new URL("..", import.meta.url),
  env: {
    // The tests wait a good deal for programs that wait: more files than there are processors.
    DENO_JOBS: Deno.env.get("DENO_JOBS") ?? String(navigator.hardwareConcurrency + 2),
    ...(importMap !== undefined && { CLAUDE_KEY_IMPORT_MAP: importMap }),
  },
}).spawn().status;
Deno.exit(code);

/**
 * `deno task test [--import-map=FILE] [ARGS]`: every test, with the standard library that can be
 * had. Further arguments go to `deno test`, to name one file, say.
 *
 * @module
 */

import { standardLibrary, takeImportMap } from "./standard_library.ts";

const { importMap: given, others } = takeImportMap(Deno.args);
const { flags, importMap } = await standardLibrary(given);

const { code } = await new Deno.Command(Deno.execPath(), {
  args: [
    "test",
    "--frozen",
    "--allow-all",
    "--parallel",
    ...flags,
    ...(others.length > 0
      ? others
      : ["--doc", "lib", "scripts/mutate", "scripts/release", "tests"]),
  ],
  cwd: new URL("..", import.meta.url),
  env: {
    // The tests wait a good deal for programs that wait: one file more than there are processors.
    DENO_JOBS: Deno.env.get("DENO_JOBS") ?? String(navigator.hardwareConcurrency + 1),
    ...(importMap !== undefined && { CLAUDE_KEY_IMPORT_MAP: importMap }),
  },
}).spawn().status;
Deno.exit(code);

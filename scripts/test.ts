/**
 * `deno task test [--import-map=FILE] [ARGS]`: every test, with the standard library that can be
 * had. Further arguments go to `deno test`, to name one file, say.
 *
 * @module
 */

import { standardLibrary } from "./standard_library.ts";

const IMPORT_MAP = "--import-map=";

const importMap = Deno.args.find((arg) => arg.startsWith(IMPORT_MAP))?.slice(IMPORT_MAP.length);
const others = Deno.args.filter((arg) => !arg.startsWith(IMPORT_MAP));
const { flags } = await standardLibrary(importMap);
const chosen = flags.find((flag) => flag.startsWith(IMPORT_MAP))?.slice(IMPORT_MAP.length);

const { code } = await new Deno.Command(Deno.execPath(), {
  args: [
    "test",
    "--quiet",
    "--frozen",
    "--allow-all",
    "--parallel",
    ...flags,
    ...(others.length > 0 ? others : ["--doc", "lib", "tests"]),
  ],
  cwd: new URL("..", import.meta.url),
  env: chosen === undefined ? {} : { CLAUDE_KEY_IMPORT_MAP: chosen },
}).spawn().status;
Deno.exit(code);

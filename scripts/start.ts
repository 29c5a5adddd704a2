/**
 * `deno task start ARGS`: runs claude-key from source, with the permissions of the compiled binary.
 *
 * @module
 */

import { permissionFlags } from "../lib/confinement/permissions.ts";
import { standardLibrary } from "./standard_library.ts";

const MAIN = new URL("../main.ts", import.meta.url);

const { flags } = await standardLibrary();
// Ctrl-C reaches the program as well; this process only waits for how it ends.
Deno.addSignalListener("SIGINT", () => {});
const { code } = await new Deno.Command(Deno.execPath(), {
  args: [
    "run",
    "--quiet",
    "--frozen",
    ...flags,
    ...permissionFlags(Deno.build.os),
    MAIN.href,
    ...Deno.args,
  ],
  // A task begins in the folder of deno.json; the project is where the user is.
  cwd: Deno.env.get("INIT_CWD") ?? Deno.cwd(),
}).spawn().status;
Deno.exit(code);

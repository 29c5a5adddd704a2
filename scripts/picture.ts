/**
 * `deno task picture [FILE]`: draws the session at the top of the README from what the demonstration
 * really prints, so that it cannot lie. Without a file it is `docs/session.svg`.
 *
 * @module
 */

import { terminalWindow } from "./picture/terminal_window.ts";
import { transcript } from "./picture/transcript.ts";
import { takeImportMap } from "./standard_library.ts";

const DEMONSTRATION = new URL("./demo.ts", import.meta.url);
const PICTURE = new URL("../docs/session.svg", import.meta.url);

const { importMap, others: [file = PICTURE] } = takeImportMap(Deno.args);
const { success, stdout } = await new Deno.Command(Deno.execPath(), {
  args: [
    "run",
    "--quiet",
    "--allow-all",
    DEMONSTRATION.href,
    ...(importMap === undefined ? [] : [`--import-map=${importMap}`]),
  ],
  stdin: "null",
  stderr: "inherit",
}).output();
if (!success) throw new Error("the demonstration failed");
const lines = transcript(new TextDecoder().decode(stdout));
await Deno.writeTextFile(file, terminalWindow("deno task demo", lines));

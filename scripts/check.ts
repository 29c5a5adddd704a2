/**
 * `deno task check`: formatting, lint and types, all three whatever the others say.
 *
 * @module
 */

import { standardLibrary, takeImportMap } from "./standard_library.ts";

const { flags } = await standardLibrary(takeImportMap(Deno.args).importMap);
const checks = [
  ["fmt", "--check"],
  ["lint"],
  ["check", "--frozen", ...flags, "main.ts", "lib", "scripts", "tests"],
];

let failed = 0;
for (const args of checks) {
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: [...args, "--quiet"],
    cwd: new URL("..", import.meta.url),
  }).spawn().status;
  const verdict = success ? "passed" : "FAILED";
  await Deno.stdout.write(new TextEncoder().encode(`${args[0]}: ${verdict}\n`));
  if (!success) failed++;
}
Deno.exit(failed === 0 ? 0 : 1);

/**
 * Deletes the current folder, then prints which project that is. (Deno itself does not start in a
 * folder that has been deleted, so the folder goes afterwards.)
 *
 * @module
 */

import { workingProject } from "../../../lib/configuration/working_project.ts";

Deno.removeSync(Deno.cwd());
Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify(workingProject())));

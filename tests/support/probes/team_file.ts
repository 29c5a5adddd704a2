/**
 * claude-key with the team's file in another place: the first argument. The program itself has no way
 * to move it.
 *
 * @module
 */

import { moveTeamFile } from "../../../lib/configuration/user_settings.ts";
import { run } from "../../../main.ts";

const [place = "", ...args] = Deno.args;
moveTeamFile(place);
Deno.exit(await run(args));

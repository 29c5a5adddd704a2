/**
 * fish.
 *
 * @module
 */

import { quote } from "../shells/fish.ts";
import { DASHED_NAMES, type Integration, type Wrapper } from "./wrapper.ts";

/**
 * fish has no subshells, so `sh` takes the key and makes way for the program. A second fish would
 * not do: interrupted while it waits for the key, it goes on, or ends with status 0 (seen in 3.6).
 */
function define({ name, program }: Wrapper): string {
  return `# claude-key: runs ${name} with its key, which no other process gets
function ${name} --wraps ${quote(program)} --description ${quote(`${program} with its key`)}
    command sh -c '
        set +exv
        eval "$(command claude-key env --shell posix || echo "exit $?")" && exec "$@"
    ' sh ${quote(program)} $argv
end
`;
}

/** The function. */
export const integration: Integration = { define, names: DASHED_NAMES };

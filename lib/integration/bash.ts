/**
 * bash, from the 3.2 of macOS on.
 *
 * @module
 */

import { quote } from "../text/posix_quote.ts";
import { DASHED_NAMES, type Integration, type Wrapper } from "./wrapper.ts";

/**
 * A subshell, so that the key reaches no environment but that of the program which takes its
 * place. A trace would show the key, and so would a trap that runs before each command, which an
 * option hands down to functions (`set -T`); with `-e` the status of claude-key would be lost. The
 * program's name is quoted, and the function's behind `function`, because neither is then taken
 * for an alias.
 */
function define({ name, program }: Wrapper): string {
  return `# claude-key: runs ${name} with its key, which no other process gets
unalias ${name} 2>/dev/null || :
function ${name} {
  (
    set +exv; trap - DEBUG ERR RETURN
    eval "$(command claude-key env --shell bash || echo "exit $?")" &&
      exec ${quote(program)} "$@"
  )
}
`;
}

/** The function. */
export const integration: Integration = { define, names: DASHED_NAMES };

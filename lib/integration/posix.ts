/**
 * dash, ksh, mksh, yash, BusyBox and other shells of the Bourne family.
 *
 * @module
 */

import { quote } from "../text/posix_quote.ts";
import { type Integration, PLAIN_NAMES, type Wrapper } from "./wrapper.ts";

/**
 * A subshell, so that the key reaches no environment but that of the program which takes its
 * place. A trace would show the key, and so would a trap that runs before each command, where the
 * shell knows one; with `-e` the status of claude-key would be lost. Ctrl-C is for claude-key,
 * which tidies up and says so: without traps yash would not wait for it. The function is taken away
 * in there because mksh finds functions for `exec` as well. An alias would be put in the place of
 * the name in the definition, so it goes first.
 */
function define({ name, program }: Wrapper): string {
  return `# claude-key: runs ${name} with its key, which no other process gets
unalias ${name} 2>/dev/null || :
${name}() {
  (
    set +exv; trap - DEBUG ERR RETURN 2>/dev/null; trap : INT
    unset -f ${name}
    eval "$(trap : INT; command claude-key env --shell posix || echo "exit $?")" &&
      exec ${quote(program)} "$@"
  )
}
`;
}

/** The function alone: there are no completions in these shells. */
export const integration: Integration = { define, names: PLAIN_NAMES };

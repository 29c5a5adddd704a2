/**
 * zsh.
 *
 * @module
 */

import { quote } from "../text/posix_quote.ts";
import { DASHED_NAMES, type Integration, type Wrapper } from "./wrapper.ts";

/**
 * A subshell, so that the key reaches no environment but that of the program which takes its
 * place. In there every option is made ordinary, whatever the user has set; a trace would show the
 * key, and so would a trap that runs before each command. Ctrl-C is for claude-key, which tidies up and says so: without traps zsh would not wait for
 * it. zsh runs functions for `exec` too, hence `command`, and it parses a text whole before it runs
 * the first line, hence the quotes: they keep names from being taken for aliases.
 */
function define({ name, program }: Wrapper): string {
  return `# claude-key: runs ${name} with its key, which no other process gets
unalias '${name}' 2>/dev/null || :
function '${name}' {
  (
    emulate zsh
    set +xv; trap - DEBUG ZERR; trap : INT
    eval "$(trap : INT; command 'claude-key' env --shell zsh || echo "exit $?")" &&
      exec command ${quote(program)} "$@"
  )
}
`;
}

/** The function. */
export const integration: Integration = { define, names: DASHED_NAMES };

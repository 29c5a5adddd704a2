/**
 * What to type in each shell, said once for the help, the README, the set-up and the tests.
 *
 * @module
 */

import type { Shell } from "./names.ts";

/** What to type in one shell. */
export interface EvaluationLine {
  /** Gives the shell the variables. */
  readonly line: string;
  /** Gives the shell the variables and starts `claude`, but not without a key. */
  readonly start: string;
}

const POSIX: EvaluationLine = {
  line: 'eval "$(claude-key env)"',
  start: 'eval "$(claude-key env)" && claude',
};

/** What to type at the prompt of each shell. */
export const EVALUATION_LINES: Readonly<Record<Shell, EvaluationLine>> = {
  posix: POSIX,
  bash: POSIX,
  zsh: POSIX,
  fish: {
    line: "claude-key env --shell fish | source",
    start: "claude-key env --shell fish | source && claude",
  },
  pwsh: {
    line: "claude-key env --shell pwsh | Out-String | Invoke-Expression",
    start: "claude-key env --shell pwsh | Out-String | Invoke-Expression; claude",
  },
  // Without the @ the prompt would echo each statement, and so the key. Without the parentheses
  // && would belong to the loop and start claude once for each variable.
  cmd: {
    line: `for /f "delims=" %i in ('claude-key env --shell cmd') do @%i`,
    start: `(for /f "delims=" %i in ('claude-key env --shell cmd') do @%i) && claude`,
  },
  csh: {
    line: 'eval "`claude-key env --shell csh`"',
    start: 'eval "`claude-key env --shell csh`" && claude',
  },
  elvish: {
    line: "eval (claude-key env --shell elvish | slurp)",
    start: "eval (claude-key env --shell elvish | slurp); claude",
  },
  nu: {
    line: "claude-key env --shell nu | from json | load-env",
    start: "claude-key env --shell nu | from json | load-env; claude",
  },
  // Behind a semicolon xonsh takes a bare word for a Python name.
  xonsh: {
    line: "execx($(claude-key env --shell xonsh))",
    start: "execx($(claude-key env --shell xonsh)); $[claude]",
  },
};

/**
 * The form of a line for `cmd` that a batch file needs, where a loop's variable has two `%`.
 *
 * @param line A line of {@linkcode EVALUATION_LINES}`.cmd`.
 * @returns The line for a batch file.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(inBatchFile("for %i in (a b) do @echo %i"), "for %%i in (a b) do @echo %%i");
 * ```
 */
export function inBatchFile(line: string): string {
  return line.replaceAll("%", "%%");
}

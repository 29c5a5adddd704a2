/**
 * What to type in each shell, said once for the help, the README, the set-up and the tests.
 *
 * @module
 */

import type { Shell } from "./names.ts";

/** What to type in one shell. */
interface EvaluationLine {
  /**
   * Gives the shell the variables. It fails when there is no key, and also where claude-key does
   * not run at all: where it is not on PATH, or where its runtime dies before it begins, in a
   * current folder that was removed. Evaluating nothing would be a success.
   */
  readonly line: string;
  /** Gives the shell the variables and starts `claude`, but not if that failed. */
  readonly start: string;
}

const POSIX = lineAnd('eval "$(claude-key env || echo false)"', " && claude");

// Without the @ the prompt would echo each statement, and so the key.
const CMD = `for /f "delims=" %i in ('claude-key env --shell cmd ^|^| echo set no-key') do @%i`;

/** What to type at the prompt of each shell. */
export const EVALUATION_LINES: Readonly<Record<Shell, EvaluationLine>> = {
  posix: POSIX,
  bash: POSIX,
  zsh: POSIX,
  // A pipe ends with the status of its last part.
  fish: lineAnd("begin; claude-key env --shell fish || echo false; end | source", " && claude"),
  // To evaluate an empty text is an error here. Windows PowerShell has no &&.
  pwsh: lineAnd(
    "claude-key env --shell pwsh | Out-String | Invoke-Expression",
    "; if ($?) { claude }",
  ),
  // Without the parentheses && would belong to the loop and start claude once for each variable.
  cmd: { line: CMD, start: `(${CMD}) && claude` },
  csh: lineAnd('eval "`claude-key env --shell csh || echo false`"', " && claude"),
  // In these two a program that fails, and what is no record, ends the whole line.
  elvish: lineAnd("eval (claude-key env --shell elvish | slurp)", "; claude"),
  nu: lineAnd("claude-key env --shell nu | from json | load-env", "; claude"),
  // Behind a semicolon xonsh takes a bare word for a Python name.
  xonsh: lineAnd("execx($(claude-key env --shell xonsh) or 'raise RuntimeError')", "; $[claude]"),
};

function lineAnd(line: string, rest: string): EvaluationLine {
  return { line, start: line + rest };
}

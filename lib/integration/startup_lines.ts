/**
 * Where an integration goes, said once for the help, the documents and the tests.
 *
 * @module
 */

import type { IntegratedShell } from "../shells/names.ts";

/** A line in a start-up file. */
interface StartupLine {
  /** The file, as users know it. */
  readonly file: string;
  /** The line. */
  readonly line: string;
}

/** What to write in the start-up file of each shell; in zsh behind `compinit`, if that is used. */
export const STARTUP_LINES: Readonly<Record<IntegratedShell, StartupLine>> = {
  bash: { file: "~/.bashrc", line: 'eval "$(claude-key init bash)"' },
  zsh: { file: "~/.zshrc", line: 'eval "$(claude-key init zsh)"' },
  fish: { file: "~/.config/fish/config.fish", line: "claude-key init fish | source" },
  pwsh: { file: "$PROFILE", line: "claude-key init pwsh | Out-String | Invoke-Expression" },
  posix: { file: "the file that ENV names", line: 'eval "$(claude-key init posix)"' },
};

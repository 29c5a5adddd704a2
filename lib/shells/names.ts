/**
 * The shells that people type in, and that take more from claude-key than variables.
 *
 * @module
 */

/** The shells that can be given a function around a program. */
export const INTEGRATED_SHELLS = ["bash", "zsh", "fish", "pwsh", "posix"] as const;

/** One of {@linkcode INTEGRATED_SHELLS}. */
export type IntegratedShell = typeof INTEGRATED_SHELLS[number];

/** The shells that can complete what is typed. */
export const COMPLETING_SHELLS = ["bash", "zsh", "fish", "pwsh"] as const;

/** One of {@linkcode COMPLETING_SHELLS}. */
export type CompletingShell = typeof COMPLETING_SHELLS[number];

/**
 * Where claude-key lives.
 *
 * @module
 */

/** The public repository; releases are below it. The installers name it once more, each. */
export const REPOSITORY = "https://github.com/claude-key/claude-key";

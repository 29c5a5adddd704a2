/**
 * The value of `ANTHROPIC_CUSTOM_HEADERS`: `Name: Value` lines [Claude Code: environment variables].
 *
 * @module
 */

const REPOSITORY_HEADER = "x-github-repo";

/**
 * Adds the header that tells a gateway which repository is worked on. Such a line that is there
 * already is replaced, never repeated; all others stay as they are.
 *
 * @param headers The headers so far, possibly none.
 * @param repository `org/repo`, or a project name.
 * @returns The headers with exactly one `x-github-repo` line.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   withRepositoryHeader("x-team: blue\nX-GitHub-Repo: old/one", "acme/shop"),
 *   "x-team: blue\nx-github-repo: acme/shop",
 * );
 * ```
 */
export function withRepositoryHeader(headers: string, repository: string): string {
  const others = headers.split("\n").filter((line) => {
    const name = line.split(":", 1)[0]?.trim().toLowerCase();
    return line.trim() !== "" && name !== REPOSITORY_HEADER;
  });
  return [...others, `${REPOSITORY_HEADER}: ${repository}`].join("\n");
}

/**
 * Where the releases of this claude-key lie: at whoever publishes it.
 *
 * @module
 */

/** A repository that releases are published from. */
export interface Repository {
  /** Its address; releases are below it. */
  readonly url: string;
  /** Whose it is. */
  readonly owner: string;
}

/**
 * Finds the repository that a release is made for.
 *
 * @param environment What looks up a variable. A workflow of GitHub sets the two that are asked for
 * [https://docs.github.com/actions/reference/workflows-and-actions/variables].
 * @returns The repository.
 * @throws {Error} If none is named, or not as an address can have it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const environment = new Map([["GITHUB_REPOSITORY", "acme/claude-key"]]);
 * const repository = repositoryOf((name) => environment.get(name));
 * assertEquals(repository, { url: "https://github.com/acme/claude-key", owner: "acme" });
 * ```
 */
export function repositoryOf(environment: (name: string) => string | undefined): Repository {
  const server = environment("GITHUB_SERVER_URL") ?? "https://github.com";
  const repository = environment("GITHUB_REPOSITORY") ?? "";
  const [, owner] = /^([\w-]+)\/[\w.-]+$/.exec(repository) ?? [];
  if (owner === undefined || !/^https:\/\/[\w.-]+(:\d+)?$/.test(server)) {
    throw new Error(
      `no repository: "${repository}" on "${server}"; ` +
        "releases are made by the workflow, or with GITHUB_REPOSITORY=OWNER/NAME",
    );
  }
  return { url: `${server}/${repository}`, owner };
}

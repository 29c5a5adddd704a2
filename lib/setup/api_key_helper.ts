/**
 * Makes Claude Code ask claude-key for its key by itself, through `apiKeyHelper`.
 *
 * @module
 */

import { Failure } from "../failure/failure.ts";
import { quoted } from "../text/quoted.ts";
import { parseObject, withMember } from "./rewrite_claude_settings.ts";

const MEMBER = "apiKeyHelper";

/** The command that Claude Code is to run. */
const COMMAND = "claude-key get";

/** Either of them switches the helper off [Claude Code docs: authentication]. */
const STRONGER = ["ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_API_KEY"] as const;

/** The variable from which Claude Code has the address of the gateway. */
export const GATEWAY = "ANTHROPIC_BASE_URL";

/** The variables whose presence in the user's environment matters. */
export const HELPER_VARIABLES: readonly string[] = [...STRONGER, GATEWAY];

/**
 * Adds the helper to the text of Claude Code's settings.
 *
 * @param text The file; blank if there is none.
 * @param shown Where it is, for people.
 * @returns The new file.
 * @throws {Failure} Of kind `configuration` if it is not a JSON object: it is then left alone.
 */
export function withHelper(text: string, shown: string): string {
  const result = withMember(text, MEMBER, COMMAND);
  if (result !== undefined) return result;
  throw new Failure("configuration", `${quoted(shown)} is not a JSON object`, [
    "correct it, or move it away, then run the same command again",
  ]);
}

/**
 * Says what the file will say.
 *
 * @param text The file before.
 * @returns One line for people. What it replaces is not shown: it may have a key in it.
 */
export function helperLine(text: string): string {
  const before = parseObject(text)?.[MEMBER];
  const replaced = before === undefined || before === COMMAND
    ? ""
    : ", in the place of another helper";
  return `${JSON.stringify(MEMBER)}: ${JSON.stringify(COMMAND)}${replaced}`;
}

/** What decides whether the helper will do. */
interface Surroundings {
  /** Claude Code's settings. */
  readonly text: string;
  /** Where they are, for people. */
  readonly shown: string;
  /** Those of {@linkcode HELPER_VARIABLES} that are set in the environment. */
  readonly exported: readonly string[];
  /** The gateway's address, if it is configured. */
  readonly url: string | undefined;
}

/**
 * Finds out what keeps the helper from being used, or its key from reaching the gateway.
 *
 * @param surroundings What decides.
 * @returns A warning for each problem.
 */
export function helperWarnings({ text, shown, exported, url }: Surroundings): string[] {
  const written = Object(parseObject(text)?.["env"]);
  const warnings: string[] = [];
  for (const name of STRONGER) {
    if (exported.includes(name)) {
      warnings.push(`${name} is exported here, which switches the helper off: unset ${name}`);
    }
    if (Object.hasOwn(written, name)) {
      warnings.push(`${name} is in the env of ${shown}, which switches the helper off: remove it`);
    }
  }
  if (!exported.includes(GATEWAY) && !Object.hasOwn(written, GATEWAY)) {
    const address = JSON.stringify(url ?? "https://litellm.example.com");
    warnings.push(
      `Claude Code is not told of the gateway: add "env": {"${GATEWAY}": ${address}} to ${shown}`,
    );
  }
  return warnings;
}

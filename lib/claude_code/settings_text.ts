/**
 * What a settings file of Claude Code says, as far as it matters to a key.
 *
 * @module
 */

import { isJsonObject, parseJsonObject } from "../text/json_object.ts";
import { type HelperForm, helperForm } from "./helper_command.ts";
import { HELPER, isTelling } from "./precedence.ts";

/** What a file says. It may hold secrets: values are kept only where they matter. */
export interface ClaudeSettings {
  /** The variables of its `env`; an empty value where only the name matters. */
  readonly variables: ReadonlyMap<string, string>;
  /** Its helper, if it has one. */
  readonly helper?: HelperForm;
}

/**
 * Reads a settings file, of which anything may be expected.
 *
 * @param text The file.
 * @param own The words that this claude-key is run with as a helper.
 * @param windows Whether helpers are run by `cmd`.
 * @returns What it says, or `undefined` if it is not a JSON object.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const text = '{"apiKeyHelper": "cat key", "env": {"ANTHROPIC_API_KEY": "sk-hidden"}}';
 * assertEquals(parseClaudeSettings(text, [], false), {
 *   variables: new Map([["ANTHROPIC_API_KEY", ""]]),
 *   helper: { kind: "another program" },
 * });
 * assertEquals(parseClaudeSettings("{", [], false), undefined);
 * ```
 */
export function parseClaudeSettings(
  text: string,
  own: readonly string[],
  windows: boolean,
): ClaudeSettings | undefined {
  const object = parseJsonObject(text);
  if (object === undefined) return undefined;
  const { env, [HELPER]: helper } = object;
  const entries = Object.entries(isJsonObject(env) ? env : {});
  return {
    variables: new Map(
      entries.map(([name, value]) => [name, isTelling(name) ? String(value) : ""]),
    ),
    ...(typeof helper === "string" && { helper: helperForm(helper, own, windows) }),
  };
}

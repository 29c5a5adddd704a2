/**
 * Changes assignments in the text of `local.env` and leaves everything else as it is.
 *
 * @module
 */

import { hasControlCharacter } from "../text/control_characters.ts";
import { parseLocalEnv } from "../configuration/local_env.ts";

/**
 * Rewrites `local.env`. An assignment is replaced where it stands, with its `export` and its
 * comment; of several for one name it is the last, which is the one that counts. New ones come at
 * the end. Line endings, comments, foreign lines and those that say the same already stay.
 *
 * @param text The file, valid; empty if there is none.
 * @param values What it is to say, by name. The values are such that {@linkcode assignment} can
 * write them.
 * @returns The new file.
 * @throws {LocalEnvError} If the file is not valid.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   rewriteLocalEnv("# mine\nOP_ITEM=old # team\n", new Map([["OP_ITEM", "new"], ["A", "1"]])),
 *   '# mine\nOP_ITEM="new" # team\nA="1"\n',
 * );
 * ```
 */
export function rewriteLocalEnv(text: string, values: ReadonlyMap<string, string>): string {
  const current = parseLocalEnv(text);
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const differing = Array.from(values).filter(([name, value]) =>
    current.get(name)?.value !== value
  );
  const replaced = differing
    .flatMap(([name, value]) => {
      const span = current.get(name)?.span;
      return span === undefined ? [] : [{ span, value }];
    })
    // From the end on, so that no replacement moves another one's place.
    .sort((one, other) => other.span[0] - one.span[0]);
  let kept = text;
  for (const { span: [start, end], value } of replaced) {
    kept = kept.slice(0, start) + quote(value) + kept.slice(end);
  }
  const added = differing
    .filter(([name]) => !current.has(name))
    .map(([name, value]) => `${name}=${quote(value)}${newline}`);
  const open = kept === "" || kept === "\uFEFF" || kept.endsWith("\n") ? "" : newline;
  return kept + (added.length > 0 ? open : "") + added.join("");
}

/**
 * Writes an assignment so that it is read back as it was meant, by claude-key and by a shell.
 *
 * @param name The name of a variable.
 * @param value Its value.
 * @returns The line, without its newline; nothing if the file cannot hold the value: it has no way
 * to write control characters, nor a single quote beside anything that wants single quotes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(assignment("OP_FIELD", "API Key"), 'OP_FIELD="API Key"');
 * assertEquals(assignment("OP_FIELD", "a\nb"), undefined);
 * ```
 */
export function assignment(name: string, value: string): string | undefined {
  const line = `${name}=${quote(value)}`;
  if (hasControlCharacter(value) || !value.isWellFormed()) return undefined;
  try {
    return parseLocalEnv(line).get(name)?.value === value ? line : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Double quotes where nothing in them means anything to a shell that reads the file, else single
 * ones if they can.
 */
function quote(value: string): string {
  const single = /["$`\\]/.test(value) && !value.includes("'");
  return single ? `'${value}'` : `"${value}"`;
}

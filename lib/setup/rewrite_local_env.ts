/**
 * Changes assignments in the text of `local.env` and leaves everything else as it is.
 *
 * @module
 */

import { hasControlCharacter } from "../text/control_characters.ts";
import { commentStart, parseLocalEnv } from "../configuration/local_env.ts";

/** The beginning of an assignment, and what is written behind the `=`. */
const ASSIGNMENT = /^(\uFEFF?\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=)(.*)$/s;

/** What a shell would expand between double quotes: the file's older readers are shells. */
const EXPANDED = /[$`\\!]/;

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
  // Content and line endings take turns.
  const pieces = text.split(/(\r?\n)/);
  const newline = pieces[1] ?? "\n";
  const current = parseLocalEnv(text);
  const missing = new Map(
    Array.from(values).filter(([name, value]) => current.get(name)?.value !== value),
  );
  for (let index = pieces.length - 1; index >= 0; index -= 2) {
    const [, start, name, written] = ASSIGNMENT.exec(pieces[index] ?? "") ?? [];
    if (start === undefined || name === undefined || written === undefined) continue;
    const value = missing.get(name);
    if (value === undefined) continue;
    pieces[index] = start + quote(value) + commentOf(written);
    missing.delete(name);
  }
  const kept = pieces.join("");
  const open = kept === "" || kept === "\uFEFF" || kept.endsWith("\n") ? "" : newline;
  const added = Array.from(missing, ([name, value]) => `${name}=${quote(value)}${newline}`);
  return kept + (added.length > 0 ? open : "") + added.join("");
}

/**
 * Writes an assignment so that it is read back as it was meant, by claude-key and by a shell.
 *
 * @param name The name of a variable.
 * @param value Its value.
 * @returns The line, without its newline; nothing if the file cannot hold the value: it has no way
 * to write control characters, nor both kinds of quotes at once.
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

function quote(value: string): string {
  const single = value.includes('"') || (EXPANDED.test(value) && !value.includes("'"));
  return single ? `'${value}'` : `"${value}"`;
}

/** The comment behind a value, with the white space in front of it. */
function commentOf(written: string): string {
  const mark = written.charAt(0);
  const rest = mark === '"' || mark === "'"
    ? written.slice(written.indexOf(mark, 1) + 1)
    : written.slice(written.slice(0, commentStart(written)).trimEnd().length);
  return rest.startsWith("#") ? ` ${rest}` : rest.trimEnd() === "" ? "" : rest;
}

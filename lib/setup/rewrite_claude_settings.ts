/**
 * Sets one member in the text of Claude Code's settings and leaves every other byte as it is.
 *
 * @module
 */

import { parseJsonObject } from "../text/json_object.ts";

/** The text between a member's colon and comma. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where things stand in the text of an object. */
interface Layout {
  /** Behind the opening brace. */
  readonly start: number;
  /** In front of the closing brace. */
  readonly end: number;
  /** The values of the wanted member, which careless writers repeat. */
  readonly values: readonly Span[];
}

/**
 * Sets a member of a JSON object. A value is replaced where it stands; a new member comes first,
 * indented as the one that stood there.
 *
 * @param text The file; blank if there is none.
 * @param name The member's name.
 * @param value Its new value.
 * @returns The new file; nothing if the old one is not a JSON object.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   withMember('{\n\t"model": "opus"\n}\n', "apiKeyHelper", "claude-key get"),
 *   '{\n\t"apiKeyHelper": "claude-key get",\n\t"model": "opus"\n}\n',
 * );
 * assertEquals(withMember("[]", "apiKeyHelper", "claude-key get"), undefined);
 * ```
 */
export function withMember(text: string, name: string, value: string): string | undefined {
  if (isBlank(text)) return `{\n  ${member(name, value)}\n}\n`;
  if (parseJsonObject(text) === undefined) return undefined;
  const { start, end, values } = layoutOf(text, name);
  if (values.length > 0) {
    return values.reduceRight(
      (whole, span) => whole.slice(0, span.start) + JSON.stringify(value) + whole.slice(span.end),
      text,
    );
  }
  const inside = text.slice(start, end);
  if (isBlank(inside)) {
    return `${text.slice(0, start)}\n  ${member(name, value)}\n${text.slice(end)}`;
  }
  const space = inside.slice(0, inside.length - inside.trimStart().length);
  return `${text.slice(0, start)}${space}${member(name, value)},${text.slice(start)}`;
}

function isBlank(text: string): boolean {
  return text.trim() === "";
}

function member(name: string, value: string): string {
  return `${JSON.stringify(name)}: ${JSON.stringify(value)}`;
}

/** Strings whole, and single punctuation marks; what lies between them does not matter. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/g;

/** The text is known to be a valid JSON object, so this only counts brackets. */
function layoutOf(text: string, name: string): Layout {
  const values: Span[] = [];
  let depth = 0;
  let objectStart = 0;
  let last = "";
  let key = "";
  let valueStart = 0;
  const close = (end: number): void => {
    if (key !== name) return;
    const written = text.slice(valueStart, end);
    values.push({
      start: valueStart + written.length - written.trimStart().length,
      end: valueStart + written.trimEnd().length,
    });
  };
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (depth === 0) objectStart = index + 1;
    if (depth === 1) {
      if (token === ":") {
        key = JSON.parse(last);
        valueStart = index + 1;
      } else if (token === "," || token === "}") {
        close(index);
        if (token === "}") return { start: objectStart, end: index, values };
      } else {
        last = token;
      }
    }
    if (token === "{" || token === "[") depth++;
    if (token === "}" || token === "]") depth--;
  }
  throw new Error("not a JSON object");
}

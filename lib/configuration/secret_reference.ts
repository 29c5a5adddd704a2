/**
 * Secret references, `op://vault/item[/section]/field`.
 *
 * @module
 */

import { quoted } from "../text/quoted.ts";

/** A whole secret reference, taken apart. */
export interface SecretReference {
  /** Name or ID of the vault. */
  readonly vault: string;
  /** Name or ID of the item. */
  readonly item: string;
  /** The section that holds the field, if one is named. */
  readonly section?: string;
  /** Name or ID of the field. */
  readonly field: string;
}

const SCHEME = "op://";

/** Letters, digits, `-`, `_`, `.` and space [1Password: secret reference syntax]. */
function isName(part: string): boolean {
  // As a literal, the second pattern would load Unicode's tables even where it is never used.
  return /^[\w. -]+$/.test(part) ||
    new RegExp(String.raw`^[\p{L}\p{M}\p{N}_. -]+$`, "u").test(part);
}

/**
 * Makes a whole reference of what the configuration says.
 *
 * @param item `op://vault/item`, or a whole reference, which then wins over `field`.
 * @param field The field of a reference that names none. It may name its section: `section/field`.
 * @returns The reference, or a few words that say what is wrong with it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseReference("op://Work/litellm", "API Key"), {
 *   vault: "Work",
 *   item: "litellm",
 *   field: "API Key",
 * });
 * assertEquals(parseReference("Work/litellm", "API Key"), "does not begin with op://");
 * ```
 */
export function parseReference(item: string, field: string): SecretReference | string {
  if (!item.startsWith(SCHEME)) return "does not begin with op://";
  const named = item.slice(SCHEME.length).split("/");
  if (named.length < 2) return "names no item";
  const parts = named.length === 2 ? [...named, ...field.split("/")] : named;
  if (parts.length > 4) return "has too many parts";
  if (parts.some((part) => part.trim() === "")) return "has an empty part";
  const odd = isName(parts.join(" ")) ? undefined : parts.find((part) => !isName(part));
  if (odd !== undefined) return `has a character in ${quoted(odd)} that a reference cannot hold`;
  const [vault, itemName, second, third] = parts as [string, string, string, string?];
  return third === undefined
    ? { vault, item: itemName, field: second }
    : { vault, item: itemName, section: second, field: third };
}

/**
 * Whether a reference can hold a name; one that it cannot hold is given by its ID.
 *
 * @param name The name of a vault, item, section or field.
 * @returns Whether `op` would read it back.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(isReferable("API Key"), true);
 * assertEquals(isReferable("Alice's key (new)"), false);
 * ```
 */
export function isReferable(name: string): boolean {
  return isName(name) && name.trim() === name;
}

/**
 * Writes a reference as `op` takes it.
 *
 * @param reference The parts.
 * @returns The whole reference.
 */
export function formatReference(reference: SecretReference): string {
  const { vault, item, section, field } = reference;
  return SCHEME + [vault, item, ...(section === undefined ? [] : [section]), field].join("/");
}

/**
 * Writes the item that a reference lies in, for messages.
 *
 * @param reference The parts.
 * @returns `op://vault/item`.
 */
export function formatItem(reference: SecretReference): string {
  return `${SCHEME}${reference.vault}/${reference.item}`;
}

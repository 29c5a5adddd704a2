/**
 * Addresses for people.
 *
 * @module
 */

/**
 * Takes user and password out of an address, which is never shown with them. The address may be
 * malformed, and a password may hold what only looks like the end of it: where it is not plain how
 * far it goes, everything up to the last `@` goes, and `…@` says so.
 *
 * @param address The address, valid or not.
 * @returns The same without what stands before its host.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(withoutPassword("https://ada:secret@litellm/"), "https://litellm/");
 * assertEquals(withoutPassword("https://ada:se/cret@litellm/"), "https://…@litellm/");
 * assertEquals(withoutPassword("htps:/ada:secret@litellm"), "htps:/litellm");
 * ```
 */
export function withoutPassword(address: string): string {
  const [scheme = ""] = /^\s*(?:[a-z][a-z0-9+.-]*:(?=\/)\/+)?/i.exec(address) ?? [];
  const rest = address.slice(scheme.length);
  const end = rest.lastIndexOf("@");
  if (end < 0) return address;
  const isPlain = !/[@/?#\\]/.test(rest.slice(0, end));
  return `${scheme}${isPlain ? "" : "…@"}${rest.slice(end + 1)}`;
}

/**
 * JSON objects out of files that may hold anything.
 *
 * @module
 */

/** An object of which nothing is known but that it is one. */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Whether a value is an object, and no list.
 *
 * @param value Anything.
 * @returns Whether it is.
 */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Reads a JSON object.
 *
 * @param text A file, with or without a byte order mark.
 * @returns The object, or `undefined` if it is not one.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseJsonObject('{"a": 1}'), { a: 1 });
 * assertEquals(parseJsonObject("[]"), undefined);
 * ```
 */
export function parseJsonObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

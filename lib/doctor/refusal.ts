/**
 * Why the system keeps claude-key out of the cache folder, as far as cures differ.
 *
 * @module
 */

import { refusalWords } from "../failure/refusal_words.ts";

/** What the system said. */
export interface Refusal {
  /** In words, to stand behind the folder's name. */
  readonly words: string;
  /** Whether it is about who may do what, about room, or about something in the way. */
  readonly reason: "permission" | "room" | "not a folder" | "something else";
}

/**
 * Understands a refusal.
 *
 * @param error What the system threw.
 * @returns The refusal.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(refusalOf(new Deno.errors.PermissionDenied("no")).reason, "permission");
 * assertEquals(refusalOf(new Error("Read-only file system (os error 30)")).reason, "something else");
 * ```
 */
export function refusalOf(error: unknown): Refusal {
  const words = refusalWords(error);
  return { words, reason: reasonOf(error, words) };
}

function reasonOf(error: unknown, words: string): Refusal["reason"] {
  if (/no space left|not enough space|disk is full|quota/i.test(words)) return "room";
  if (error instanceof Deno.errors.PermissionDenied) return "permission";
  const isInTheWay = error instanceof Deno.errors.NotADirectory ||
    error instanceof Deno.errors.AlreadyExists;
  return isInTheWay ? "not a folder" : "something else";
}

/**
 * The names of cache files.
 *
 * @module
 */

import type { Secret } from "../configuration/configuration.ts";
import { formatReference } from "../configuration/secret_reference.ts";

const LONGEST_LABEL = 40;

/**
 * Names the cache entry of a secret: `<item>-<id>`, without an ending. The label is for people; the
 * ID covers everything that decides which secret it is, so that a changed configuration never
 * meets another configuration's key.
 *
 * @param secret The secret.
 * @returns A file name of `A-Za-z0-9_-`, no longer than 57 characters.
 *
 * @example
 * ```ts
 * import { assertMatch } from "@std/assert";
 *
 * const reference = { vault: "Work", item: "litellm", field: "API Key" };
 * assertMatch(await entryName({ authentication: "app", reference }), /^litellm-[0-9a-f]{16}$/);
 * ```
 */
export async function entryName(secret: Secret): Promise<string> {
  const { authentication, account, credential, setUp, reference } = secret;
  const identity = JSON.stringify([
    authentication,
    account ?? credential ?? "",
    formatReference(reference),
    ...(setUp === undefined ? [] : [setUp]),
  ]);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(identity));
  const id = new Uint8Array(digest, 0, 8).toHex();
  const label = reference.item.replace(/[^A-Za-z0-9_-]+/g, "-").slice(0, LONGEST_LABEL);
  return `${label}-${id}`;
}

/** The endings of the files that belong to an entry. */
export const ENTRY_FILES = {
  /** The key. */
  key: ".key",
  /** Remembers that 1Password has no such field. */
  absent: ".absent",
  /** Held by the process that asks 1Password. */
  lock: ".lock",
  /** Takes the place of a lock whose holder does not move; see `turn.ts`. */
  nextLock: ".next.lock",
} as const;

/** A file of the cache, as far as its name tells. */
export interface EntryFile {
  /** The name of the entry that it belongs to. */
  readonly entry: string;
  /** What it is; `temporary` is a file that was not yet renamed when its writer died. */
  readonly kind: "key" | "absent" | "lock" | "temporary";
}

/** The label has at most {@linkcode LONGEST_LABEL} characters, the ID always 16. */
const FILE_NAME =
  /^([A-Za-z0-9_-]{1,40}-[0-9a-f]{16})\.(?:(key|absent)|(?:next\.)?(lock)|(?:key|absent)\.tmp\.\d+\.[0-9a-f]+)$/;

/**
 * Recognises the files that claude-key makes. Other programs keep theirs in the same folder, so
 * that whatever does not have the whole form is not ours.
 *
 * @param name A file's name, without its folder.
 * @returns What it is, or `undefined` if it is not ours.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseFileName("litellm-0123456789abcdef.key"), {
 *   entry: "litellm-0123456789abcdef",
 *   kind: "key",
 * });
 * assertEquals(parseFileName("server.key"), undefined);
 * ```
 */
export function parseFileName(name: string): EntryFile | undefined {
  const [, entry, content, lock] = FILE_NAME.exec(name) ?? [];
  if (entry === undefined) return undefined;
  return { entry, kind: (content ?? lock ?? "temporary") as EntryFile["kind"] };
}

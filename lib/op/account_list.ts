/**
 * Understands what `op account list --format json` prints.
 *
 * @module
 */

import { isJsonObject, type JsonObject } from "../text/json_object.ts";

/** An account that `op` knows. */
export interface Account {
  /** Its sign-in address, without `https://`. */
  readonly url: string;
  /** Who signs in. */
  readonly email: string;
  /** The shortest word that `op --account` takes for it and for no other. */
  readonly id: string;
  /** Everything that `OP_ACCOUNT` may call it, and that `OP_SESSION_*` may end in. */
  readonly names: readonly string[];
}

/**
 * Understands the list of accounts.
 *
 * @param list What `op` printed, read as JSON: anything.
 * @returns The accounts, or `undefined` if it is no such list.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const [account] = accountsOf([{ url: "team.1password.com", email: "ada@example.com" }]) ?? [];
 * assertEquals(account?.id, "team.1password.com");
 * assertEquals(account?.names, ["team.1password.com", "team", "ada@example.com"]);
 * ```
 */
export function accountsOf(list: unknown): Account[] | undefined {
  if (!Array.isArray(list) || !list.every(isJsonObject)) return undefined;
  const urls = list.map(addressOf);
  return list.map((record, index) => {
    const url = urls[index] ?? "";
    const isShared = urls.filter((other) => other === url).length > 1;
    return {
      url,
      email: text(record, "email"),
      id: isShared ? text(record, "user_uuid") : url,
      names: namesOf(record, url),
    };
  });
}

function addressOf(record: JsonObject): string {
  return text(record, "url").replace(/^https:\/\//, "").replace(/\/$/, "");
}

function namesOf(record: JsonObject, url: string): string[] {
  const others = ["shorthand", "email", "user_uuid", "account_uuid"];
  return [url, url.split(".")[0] ?? "", ...others.map((name) => text(record, name))]
    .filter((name) => name !== "");
}

function text(record: JsonObject, name: string): string {
  const value = record[name];
  return typeof value === "string" ? value : "";
}

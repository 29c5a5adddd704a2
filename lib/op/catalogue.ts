/**
 * Lists what there is in 1Password: accounts, vaults, items, and the names of an item's fields.
 *
 * @module
 */

import { accountsOf } from "./account_list.ts";
import { Failure } from "../failure/failure.ts";
import { isJsonObject, type JsonObject } from "../text/json_object.ts";
import { WaitingNotice } from "../terminal/waiting_notice.ts";
import { opArguments, usableAccount } from "./arguments.ts";
import { askOp } from "./ask.ts";
import type { RunOptions } from "./run.ts";

/** Something that 1Password has under a name. */
export interface Listed {
  /** How `op` tells it apart from all others. */
  readonly id: string;
  /** How people call it. */
  readonly name: string;
  /** What tells it apart for people, where names are not enough. */
  readonly detail?: string;
}

/** A field of an item. Its value is not kept. */
export interface ListedField extends Listed {
  /** The section that it is in, if it is in one. */
  readonly section?: Listed;
  /** Whether the 1Password app hides its value, as it does with a key. */
  readonly concealed: boolean;
}

/** More than a list of ten thousand items takes, in bytes. */
const LARGEST_LISTING = 8 * 1024 * 1024;

/** Kinds of fields that hold no key: notes have many lines, one-time passwords change. */
const NEVER_A_KEY = /^(?:ADDRESS|DATE|EMAIL|FILE|MENU|MONTH_YEAR|OTP|PHONE|REFERENCE|SSHKEY|URL)$/;

/** An ID becomes an argument of `op`. */
const USABLE_ID = /^(?!-)\P{Cc}+$/u;

/** The lists of one account. */
export class Catalogue {
  readonly #options: Omit<RunOptions, "limit">;

  /**
   * Prepares to ask.
   *
   * @param options How `op` is to be run.
   */
  constructor(options: Omit<RunOptions, "limit">) {
    this.#options = options;
  }

  /**
   * Lists the accounts that `op` knows. This needs no approval.
   *
   * @returns The accounts. The ID is the shortest word that `op --account` takes for it.
   * @throws {Failure} If `op` fails.
   */
  async accounts(): Promise<Listed[]> {
    const args = ["account", "list"];
    const accounts = accountsOf(await this.#answer(args, {}));
    if (accounts === undefined) throw notAListing(args);
    return usable(
      accounts.map(({ id, email, url }) => ({ id, name: email || id, detail: url })),
      args,
    );
  }

  /**
   * Lists the vaults.
   *
   * @param account The account, if one is to be named.
   * @returns The vaults, by name.
   * @throws {Failure} If `op` fails.
   */
  async vaults(account: string | undefined): Promise<Listed[]> {
    const args = ["vault", "list"];
    const records = await this.#list(args, { account });
    return byName(usable(records.map((record) => listed(record, "name")), args));
  }

  /**
   * Lists the items of a vault.
   *
   * @param account The account, if one is to be named.
   * @param vault Name or ID of the vault.
   * @returns The items, by name.
   * @throws {Failure} If `op` fails.
   */
  async items(account: string | undefined, vault: string): Promise<Listed[]> {
    const args = ["item", "list"];
    const records = await this.#list(args, { account, vault });
    return byName(usable(records.map((record) => listed(record, "title")), args));
  }

  /**
   * Lists the fields of an item that can hold a key.
   *
   * @param account The account, if one is to be named.
   * @param vault Name or ID of the vault.
   * @param item Name or ID of the item.
   * @returns The fields; concealed ones, which keys usually are, first.
   * @throws {Failure} If `op` fails.
   */
  async fields(account: string | undefined, vault: string, item: string): Promise<ListedField[]> {
    const args = ["item", "get"];
    const record = await this.#answer(args, { account, vault, item });
    if (!isJsonObject(record)) throw notAListing(args);
    const records = array(record["fields"] ?? [], args).filter(({ type, purpose }) =>
      purpose !== "NOTES" && !NEVER_A_KEY.test(String(type))
    );
    const fields = usable(records.map(field), args);
    return [...fields.filter((f) => f.concealed), ...fields.filter((f) => !f.concealed)];
  }

  async #list(args: readonly string[], scope: Scope = {}): Promise<JsonObject[]> {
    return array(await this.#answer(args, scope), args);
  }

  async #answer(words: readonly string[], scope: Scope): Promise<unknown> {
    const { vault, item } = scope;
    const account = usableAccount(scope.account);
    const format = "json";
    using notice = new WaitingNotice();
    const onWords = notice.givingWayTo((words) => this.#options.onWords?.(words));
    const stdout = await askOp(
      opArguments(words, {
        ...(item !== undefined && { operand: item }),
        options: { vault, account, format },
      }),
      { ...this.#options, onWords, limit: LARGEST_LISTING },
      {
        reference: { vault: vault ?? "", item: item ?? "", field: "" },
        ...(account !== undefined && { account }),
      },
    );
    return parse(stdout, words);
  }
}

interface Scope {
  readonly account?: string | undefined;
  readonly vault?: string;
  readonly item?: string;
}

/**
 * The values of fields are secrets and go at once. For the same reason nothing of what `op` printed
 * is in the failure, not even as its cause: the parser's message quotes the text.
 */
function parse(stdout: Uint8Array, args: readonly string[]): unknown {
  if (stdout.length === 0) return [];
  try {
    return JSON.parse(
      new TextDecoder().decode(stdout),
      (key, value) => key === "value" ? undefined : value,
    );
  } catch {
    throw notAListing(args);
  }
}

function array(value: unknown, args: readonly string[]): JsonObject[] {
  if (Array.isArray(value) && value.every(isJsonObject)) return value;
  throw notAListing(args);
}

function notAListing([subject, verb]: readonly string[]): Failure {
  return new Failure("other", `op ${subject} ${verb} printed something that cannot be understood`, [
    "see that op is up to date: op update",
    "or give every answer as an option: claude-key help setup",
  ]);
}

function usable<T extends Listed>(entries: T[], args: readonly string[]): T[] {
  if (entries.every(({ id }) => USABLE_ID.test(id))) return entries;
  throw notAListing(args);
}

/** What has no name is called by its ID. */
function listed(record: JsonObject, key: string): Listed {
  const id = text(record, "id");
  return { id, name: text(record, key) || id };
}

function field(record: JsonObject): ListedField {
  const { section, type } = record;
  const own = { ...listed(record, "label"), concealed: type === "CONCEALED" };
  if (!isJsonObject(section)) return own;
  const title = text(section, "label");
  return {
    ...own,
    section: listed(section, "label"),
    ...(title !== "" && { detail: title }),
  };
}

function text(record: JsonObject, key: string): string {
  const value = record[key];
  return typeof value === "string" ? value : "";
}

/** Those that share a name are shown with their IDs. */
function byName(entries: readonly Listed[]): Listed[] {
  const named = Map.groupBy(entries, ({ name }) => name);
  return entries
    .map((entry) => (named.get(entry.name)?.length === 1 ? entry : { ...entry, detail: entry.id }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * The answers of the set-up, and how they stand in options and in the configuration.
 *
 * @module
 */

import { isHttpUrl } from "../configuration/exported_variables.ts";
import { Failure } from "../failure/failure.ts";
import { quoted } from "../text/quoted.ts";
import { withoutPassword } from "../text/without_password.ts";
import {
  formatItem,
  parseReference,
  type SecretReference,
} from "../configuration/secret_reference.ts";
import type { SettingName, Settings } from "../configuration/settings.ts";

/** What the set-up finds out. */
export interface Answers {
  /** The account to be given to `op`. */
  readonly account?: string;
  /** Name or ID of the vault. */
  readonly vault: string;
  /** Name or ID of the item. */
  readonly item: string;
  /** The field, with its section where needed: `section/field`. */
  readonly field: string;
  /** The gateway's address. */
  readonly url?: string;
}

/**
 * Takes the answers that the command line gives. `--item` may be a whole reference.
 *
 * @param values The options.
 * @returns The answers, not all of which need to be there.
 * @throws {Failure} Of kind `usage` if `--url` is no URL, or `--item` is a malformed reference, or
 * says what another option says too.
 */
export function givenAnswers(values: Readonly<Record<string, string>>): Partial<Answers> {
  const { account, vault, field, url } = values;
  const item = values["item"] === undefined ? undefined : withoutQuotes(values["item"]);
  if (url !== undefined && !isHttpUrl(url)) {
    throw new Failure(
      "usage",
      `--url is ${quoted(withoutPassword(url))}, which is not an http or https URL`,
      [
        "write it whole, as in https://litellm.example.com",
      ],
    );
  }
  const others = {
    ...(account !== undefined && { account }),
    ...(url !== undefined && { url }),
  };
  if (!item?.startsWith("op://")) {
    return {
      ...others,
      ...(vault !== undefined && { vault }),
      ...(item !== undefined && { item }),
      ...(field !== undefined && { field }),
    };
  }
  const reference = parseReference(item, "field");
  if (typeof reference === "string") {
    throw new Failure("usage", `--item is ${quoted(item)}, which ${reference}`, [
      "write the name of an item, or op://Vault/Item, or op://Vault/Item/Field",
    ]);
  }
  const whole = item.split("/").length > 4;
  for (const twice of [vault !== undefined && "vault", whole && field !== undefined && "field"]) {
    if (!twice) continue;
    throw new Failure("usage", `--item is ${quoted(item)}, which names a ${twice} already`, [
      `leave --${twice} out`,
    ]);
  }
  const named = whole ? fieldOf(reference) : field;
  return {
    ...others,
    vault: reference.vault,
    item: reference.item,
    ...(named !== undefined && { field: named }),
  };
}

/**
 * Takes away the quotes of «Copy Secret Reference», and white space round them.
 *
 * @param text What was pasted.
 * @returns The reference; any other text as it is.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(withoutQuotes('"op://Work/litellm/API Key"'), "op://Work/litellm/API Key");
 * assertEquals(withoutQuotes('"litellm"'), '"litellm"');
 * ```
 */
export function withoutQuotes(text: string): string {
  return /^\s*["'“”‘’]?(op:\/\/.*?)["'“”‘’]?\s*$/.exec(text)?.[1] ?? text;
}

/**
 * Understands a reference where a name is asked for.
 *
 * @param text What was typed.
 * @returns The answers that it gives; nothing if it is no reference.
 */
export function referenceAnswers(text: string): Partial<Answers> | undefined {
  const typed = withoutQuotes(text);
  const reference = parseReference(typed, "field");
  if (typeof reference === "string") return undefined;
  const isWhole = typeof parseReference(typed, "") !== "string";
  return {
    vault: reference.vault,
    item: reference.item,
    ...(isWhole && { field: fieldOf(reference) }),
  };
}

/**
 * Takes the answers that are configured already, wherever.
 *
 * @param settings What the user has set.
 * @returns The answers, without those that are not set or malformed.
 */
export function currentAnswers(settings: Settings): Partial<Answers> {
  const account = settings.find("OP_ACCOUNT")?.value;
  const url = settings.find("LITELLM_BASE_URL")?.value;
  const item = settings.find("OP_ITEM")?.value;
  const field = settings.find("OP_FIELD").value;
  const reference = item === undefined ? "" : parseReference(item, field);
  return {
    ...(account !== undefined && { account }),
    ...(url !== undefined && isHttpUrl(url) && { url }),
    ...(typeof reference === "string" ? { field } : {
      vault: reference.vault,
      item: reference.item,
      field: fieldOf(reference),
    }),
  };
}

/**
 * Makes the reference of the secret that the answers name.
 *
 * @param answers All answers.
 * @returns The reference.
 * @throws {Failure} Of kind `usage` if they cannot be a reference.
 */
export function referenceOf(answers: Answers): SecretReference {
  const reference = parseReference(itemSetting(answers), answers.field);
  if (typeof reference !== "string") return reference;
  throw new Failure(
    "usage",
    `${quoted(`${itemSetting(answers)}/${answers.field}`)} ${reference}`,
    ["give other answers: claude-key setup"],
  );
}

/**
 * Writes the answers as settings.
 *
 * @param answers All answers.
 * @returns Names and values for `local.env`.
 */
export function settingsOf(answers: Answers): Map<SettingName, string> {
  const { account, field, url } = answers;
  return new Map<SettingName, string>([
    ...(account === undefined ? [] : [["OP_ACCOUNT", account] as const]),
    ["OP_ITEM", itemSetting(answers)],
    ["OP_FIELD", field],
    ...(url === undefined ? [] : [["LITELLM_BASE_URL", url] as const]),
  ]);
}

function itemSetting({ vault, item }: Answers): string {
  return formatItem({ vault, item, field: "" });
}

function fieldOf({ section, field }: SecretReference): string {
  return section === undefined ? field : `${section}/${field}`;
}

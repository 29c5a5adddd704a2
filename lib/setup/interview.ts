/**
 * Finds out what the configuration is to say: from the options, from what is configured already,
 * from the lists of 1Password, and from the user.
 *
 * @module
 */

import { isHttpUrl } from "../configuration/exported_variables.ts";
import { Failure } from "../failure/failure.ts";
import type { Catalogue, Listed, ListedField } from "../op/catalogue.ts";
import { quoted } from "../text/quoted.ts";
import { withoutPassword } from "../text/without_password.ts";
import { isReferable } from "../configuration/secret_reference.ts";
import { type Answers, referenceAnswers } from "./answers.ts";
import type { Dialogue } from "./dialogue.ts";
import { fieldWords, referenceWord } from "./reference_words.ts";

/** What an interview works with. */
interface Interview {
  /** The answers that the command line gives. */
  readonly given: Partial<Answers>;
  /** The answers that are configured already. */
  readonly current: Partial<Answers>;
  /** Whether accounts can be told apart: not with a service account or Connect. */
  readonly hasAccounts: boolean;
  /** Whether vaults and items can be listed: not with Connect [1Password CLI: Connect]. */
  readonly hasLists: boolean;
  /** Lists what there is. */
  readonly catalogue: Pick<Catalogue, "accounts" | "vaults" | "items" | "fields">;
  /** Asks the user. */
  readonly dialogue: Dialogue;
}

/**
 * Collects the answers. What the command line gives is not asked for. Where nothing may be asked,
 * what is configured already counts as an answer.
 *
 * @param interview What there is to work with.
 * @returns All answers.
 * @throws {Failure} Of kind `usage` if an answer is missing and nothing may be asked, of whatever
 * kind if `op` fails or the user ends it.
 */
export async function collectAnswers(interview: Interview): Promise<Answers> {
  const account = await accountAnswer(interview);
  const passed = interview.hasAccounts ? account : undefined;
  const go = (pasted: Partial<Answers>): Promise<Answers> => {
    const given = { ...interview.given, ...(account !== undefined && { account }), ...pasted };
    return collectAnswers({ ...interview, given });
  };
  const vault = await vaultAnswer(interview, passed);
  if (typeof vault !== "string") return await go(vault);
  const item = await itemAnswer(interview, passed, vault);
  if (typeof item !== "string") return await go(item);
  const field = await fieldAnswer(interview, passed, vault, item);
  const url = await urlAnswer(interview);
  return {
    ...(account !== undefined && { account }),
    vault,
    item,
    field,
    ...(url !== undefined && { url }),
  };
}

async function accountAnswer(interview: Interview): Promise<string | undefined> {
  const { given, current, hasAccounts, catalogue, dialogue } = interview;
  const settled = given.account ?? (dialogue.asks && hasAccounts ? undefined : current.account);
  if (settled !== undefined || !hasAccounts) return settled;
  const all = (await catalogue.accounts()).map((entry) => ({ ...entry, word: entry.id }));
  // Without an account `op` fails at the next question, and says why better than this could.
  if (all.length === 0) return undefined;
  return (await dialogue.choose("account", all, all.find(({ id }) => id === current.account))).id;
}

async function vaultAnswer(
  { given, current, hasLists, catalogue, dialogue }: Interview,
  account: string | undefined,
): Promise<NameOrReference> {
  return await settle("vault", {
    given: given.vault,
    current: current.vault,
    list: hasLists ? (): Promise<Listed[]> => catalogue.vaults(account) : undefined,
    nothing: () =>
      new Failure("not found", "1Password shows no vault in this account", [
        "see the vaults: op vault list",
      ]),
    dialogue,
  });
}

async function itemAnswer(
  { given, current, hasLists, catalogue, dialogue }: Interview,
  account: string | undefined,
  vault: string,
): Promise<NameOrReference> {
  return await settle("item", {
    given: given.item,
    current: vault === current.vault ? current.item : undefined,
    list: hasLists ? (): Promise<Listed[]> => catalogue.items(account, vault) : undefined,
    nothing: () =>
      new Failure("not found", `there is no item in the vault ${quoted(vault)}`, [
        "make one in 1Password, with the key in a field",
        "or name another vault: claude-key setup --vault NAME",
      ]),
    dialogue,
  });
}

/** How a vault or an item is settled. */
interface Matter {
  readonly given: string | undefined;
  readonly current: string | undefined;
  readonly list: (() => Promise<Listed[]>) | undefined;
  readonly nothing: () => Failure;
  readonly dialogue: Dialogue;
}

/** The word for a vault or an item, or a reference that was pasted where its name is asked for. */
type NameOrReference = string | Partial<Answers>;

async function settle(what: "vault" | "item", matter: Matter): Promise<NameOrReference> {
  const { given, current, list, nothing, dialogue } = matter;
  if (given !== undefined && isReferable(given)) return given;
  if (given === undefined && current !== undefined && !dialogue.asks) return current;
  if (list === undefined) {
    return given === undefined ? await typed(what, matter) : cannotHold(what, given);
  }
  if (given === undefined && what === "item" && !dialogue.asks) throw missing(what);
  const all = await list();
  if (given !== undefined) return referenceWord(find(what, given, all), all);
  if (all.length === 0) throw nothing();
  const otherwise = all.find((entry) => namesOf(entry).includes(current ?? ""));
  const chosen = await dialogue.choose(what, all, otherwise, referenceAnswers);
  return "id" in chosen ? referenceWord(chosen, all) : chosen;
}

async function typed(what: string, { current, dialogue }: Matter): Promise<NameOrReference> {
  if (!dialogue.asks) throw missing(what);
  while (true) {
    const answer = await dialogue.prompt(`${what}, name or ID`, current);
    const reference = referenceAnswers(answer);
    if (reference !== undefined) return reference;
    if (isReferable(answer)) return answer;
    if (answer !== "") {
      dialogue.tell(`a secret reference cannot hold ${quoted(answer)}; type its ID`);
    }
  }
}

async function fieldAnswer(
  { given, current, catalogue, dialogue }: Interview,
  account: string | undefined,
  vault: string,
  item: string,
): Promise<string> {
  const settled = given.field ?? (dialogue.asks ? undefined : current.field);
  if (settled?.split("/").every(isReferable)) return settled;
  const all = await catalogue.fields(account, vault, item);
  if (settled !== undefined) return fieldWords(find("field", settled, all), all);
  if (all.length === 0) {
    throw new Failure("no field", `the item ${quoted(item)} has no field that can hold a key`, [
      "add a field of the type password to it in 1Password, with the key in it",
    ]);
  }
  const concealed = all.filter((field) => field.concealed);
  const otherwise = all.find((field) => namesOf(field).includes(current.field ?? "")) ??
    (concealed.length === 1 ? concealed[0] : undefined);
  return fieldWords(await dialogue.choose("field", all, otherwise), all);
}

async function urlAnswer({ given, current, dialogue }: Interview): Promise<string | undefined> {
  if (given.url !== undefined) return given.url;
  if (!dialogue.asks) return current.url;
  const question = "gateway URL, as in https://litellm.example.com; empty for none";
  while (true) {
    const answer = await dialogue.prompt(
      current.url ? "gateway URL" : question,
      current.url,
      current.url && withoutPassword(current.url),
    );
    if (answer === "") return undefined;
    if (isHttpUrl(answer)) return answer;
    dialogue.tell(`${quoted(withoutPassword(answer))} is not an http or https URL; write it whole`);
  }
}

/** A name that a reference cannot hold is looked up for its ID. */
function find<T extends Listed>(what: string, name: string, all: readonly T[]): T {
  const [first, second] = all.filter((entry) => namesOf(entry).includes(name));
  if (first !== undefined && second === undefined) return first;
  throw first === undefined
    ? new Failure("not found", `1Password has no ${what} ${quoted(name)}`, [
      "see what there is: claude-key setup",
    ])
    : new Failure("not found", `1Password has more than one ${what} ${quoted(name)}`, [
      `give its ID: --${what} ID`,
    ]);
}

function namesOf({ name, id, section }: Listed & Partial<ListedField>): string[] {
  return section === undefined ? [name, id] : [name, id, `${section.name}/${name}`];
}

function missing(what: string): Failure {
  return new Failure("usage", `the ${what} is not said`, [
    `add --${what} NAME`,
    "or answer questions at a terminal: claude-key setup",
  ]);
}

function cannotHold(what: string, name: string): never {
  throw new Failure("usage", `--${what} is ${quoted(name)}, which a secret reference cannot hold`, [
    `give its ID: --${what} ID`,
  ]);
}

/**
 * The words that stand for vaults, items and fields in a secret reference: their names where `op`
 * will find them by name, else their IDs.
 *
 * @module
 */

import { Failure } from "../failure/failure.ts";
import type { Listed, ListedField } from "../op/catalogue.ts";
import { quoted } from "../text/quoted.ts";
import { isReferable } from "../configuration/secret_reference.ts";

/**
 * Finds the word for a vault or an item.
 *
 * @param entry The vault or item.
 * @param all Everything that it could be taken for.
 * @returns Its name; its ID, if a reference cannot hold the name or another one has it too.
 * @throws {Failure} Of kind `other` if a reference cannot hold the ID either.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const all = [{ id: "a1", name: "Work" }, { id: "b2", name: "Q&A" }];
 * assertEquals(all.map((vault) => referenceWord(vault, all)), ["Work", "b2"]);
 * ```
 */
export function referenceWord(entry: Listed, all: readonly Listed[]): string {
  if (isReferable(entry.name) && namesakes(entry, all).length === 1) return entry.name;
  if (isReferable(entry.id)) return entry.id;
  throw new Failure(
    "other",
    `a secret reference can hold neither name nor ID of ${quoted(entry.name)}`,
    [
      "rename it in 1Password",
    ],
  );
}

/**
 * Finds the words for a field.
 *
 * @param field The field.
 * @param all The fields of its item.
 * @returns `field`, or `section/field` if only the section tells it apart.
 * @throws {Failure} Of kind `other` if a reference can hold neither its name nor its ID.
 */
export function fieldWords(field: ListedField, all: readonly ListedField[]): string {
  const { section } = field;
  if (section === undefined || namesakes(field, all).length === 1) return referenceWord(field, all);
  const neighbours = all.filter((other) => other.section?.id === section.id);
  const sections = all.flatMap((other) => other.section ?? []);
  const others = sections.filter(({ id }) => id !== section.id);
  return `${referenceWord(section, [section, ...others])}/${referenceWord(field, neighbours)}`;
}

/** `op` does not care for case in names, so neither does this. */
function namesakes<T extends Listed>({ name }: T, all: readonly T[]): T[] {
  return all.filter((other) => other.name.toLowerCase() === name.toLowerCase());
}

/**
 * Finds out which entry of a list an answer means.
 *
 * @module
 */

/** Something to choose. */
export interface Choice {
  /** How people call it. */
  readonly name: string;
  /** What tells it apart from others of that name. */
  readonly detail?: string;
  /** What an option takes for it, if not its name. */
  readonly word?: string;
}

/** What an answer comes to. */
type Selection<T> =
  | { readonly chosen: T }
  | { readonly several: readonly T[] }
  | { readonly none: true };

/**
 * Understands an answer: a number of the list on the screen, a name, or a part of a name.
 *
 * @param answer What was typed.
 * @param shown The numbered entries.
 * @param all All entries, shown or not.
 * @returns The entry; several if the answer fits more than one.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const all = [{ name: "Private" }, { name: "Work" }, { name: "Workshop" }];
 * assertEquals(select("1", all, all), { chosen: { name: "Private" } });
 * assertEquals(select("work", all, all), { chosen: { name: "Work" } });
 * assertEquals(select("wor", all, all), { several: [{ name: "Work" }, { name: "Workshop" }] });
 * ```
 */
export function select<T extends Choice>(
  answer: string,
  shown: readonly T[],
  all: readonly T[],
): Selection<T> {
  const numbered = /^[0-9]+$/.test(answer) ? shown[Number(answer) - 1] : undefined;
  if (numbered !== undefined) return { chosen: numbered };
  const wanted = answer.toLowerCase();
  for (
    const fits of [
      ({ name }: T): boolean => name === answer,
      ({ name }: T): boolean => name.toLowerCase() === wanted,
      (choice: T): boolean => label(choice).toLowerCase().includes(wanted),
    ]
  ) {
    const [first, ...others] = all.filter(fits);
    if (first !== undefined) {
      return others.length === 0 ? { chosen: first } : { several: [first, ...others] };
    }
  }
  return { none: true };
}

/**
 * Writes an entry for people.
 *
 * @param choice The entry.
 * @returns Its name, with what tells it apart.
 */
export function label({ name, detail }: Choice): string {
  return detail === undefined ? name : `${name} (${detail})`;
}

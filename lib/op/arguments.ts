/**
 * Arguments of `op`, in forms in which no name of the user's is taken for an option.
 *
 * @module
 */

import { Failure } from "../failure/failure.ts";
import { hasControlCharacter } from "../text/control_characters.ts";
import { FORMAT_CHARACTER } from "../text/format_characters.ts";
import { quoted } from "../text/quoted.ts";

/** What a command of `op` is told beside its words. */
interface Told {
  /** What it is about: the name or ID of an item, say. */
  readonly operand?: string;
  /** Options with their values, by name; those without a value are left out. */
  readonly options?: Readonly<Record<string, string | undefined>>;
}

/**
 * Writes arguments. A value is joined to its option by `=`, and an operand stands behind `--`, where
 * they begin like an option [github.com/spf13/pflag: command line flag syntax].
 *
 * @param words The command, `["item", "get"]`, say.
 * @param told What it is told. Never a secret.
 * @returns The arguments.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const told = (operand: string) => ({ operand, options: { vault: "Work" } });
 * assertEquals(opArguments(["item", "get"], told("litellm")).join(" "), "item get litellm --vault Work");
 * assertEquals(opArguments(["item", "get"], told("--x")).join(" "), "item get --vault Work -- --x");
 * ```
 */
export function opArguments(words: readonly string[], told: Told): string[] {
  const { operand, options = {} } = told;
  const written = Object.entries(options).flatMap(([name, value]) => {
    if (value === undefined) return [];
    return value.startsWith("-") ? [`--${name}=${value}`] : [`--${name}`, value];
  });
  if (operand === undefined) return [...words, ...written];
  return operand.startsWith("-")
    ? [...words, ...written, "--", operand]
    : [...words, operand, ...written];
}

/**
 * Refuses what can be no account: neither a sign-in address nor an e-mail address, a shorthand or an ID
 * has white space in it or begins with `-`.
 *
 * @param account The account that is configured, if any.
 * @param place Where to set another one, in words that fit behind «set».
 * @returns The account.
 * @throws {Failure} Of kind `configuration` if it can be none.
 */
export function usableAccount(
  account: string | undefined,
  place: string = "OP_ACCOUNT",
): string | undefined {
  if (account === undefined) return undefined;
  const odd = /^-|\s/.test(account) || hasControlCharacter(account) ||
    FORMAT_CHARACTER.test(account);
  if (!odd) return account;
  throw new Failure("configuration", `${quoted(account)} can be no account`, [
    `set ${place} to a sign-in address, say team.1password.com, or an ID: op account list`,
  ]);
}

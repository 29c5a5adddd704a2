/**
 * The function that an integration defines: its name, the program that it runs, and what it looks
 * like in one kind of shell.
 *
 * @module
 */

import { hasControlCharacter } from "../text/control_characters.ts";
import { Failure } from "../failure/failure.ts";
import { quoted } from "../text/quoted.ts";

/** A function around a program. */
export interface Wrapper {
  /** The name of the function. */
  readonly name: string;
  /** The program that gets the key: a name to be found on PATH, or a path. */
  readonly program: string;
}

/** The definition of a function in the language of one shell. */
export interface Integration {
  /**
   * Writes the definition.
   *
   * @param wrapper The function; its name is one that this shell can define.
   * @returns The text to evaluate in a start-up file, ending in a newline.
   */
  define(wrapper: Wrapper): string;

  /** What this shell accepts as the name of a function. */
  readonly names: NameRule;
}

/** What a function can be called. */
interface NameRule {
  /** Matches every good name. */
  readonly pattern: RegExp;
  /** The rule in words. */
  readonly words: string;
}

/** The rule of POSIX. */
export const PLAIN_NAMES: NameRule = {
  pattern: /^[A-Za-z_]\w*$/,
  words: "letters, digits and _",
};

/** The rule of every other shell, narrowed to what needs no quotes. */
export const DASHED_NAMES: NameRule = {
  pattern: /^[A-Za-z_][\w-]*$/,
  words: "letters, digits, _ and -",
};

/** What a function must not be called: it would never run, or would break the next one. */
const TAKEN: ReadonlySet<string> = new Set(
  `and begin break builtin case catch class claude-key command continue coproc data do done
  dynamicparam echo elif else elseif emulate end esac eval exec exit export fi filter finally for
  foreach function if in nocorrect not or param process readonly repeat return select set shift
  source switch test then throw time times trap try unalias unset until using while`.split(/\s+/),
);

/**
 * Decides what the function is called and what it runs.
 *
 * @param name The name that the user wants; otherwise the program's.
 * @param program The program.
 * @param names What the shell accepts as the name of a function.
 * @returns The function to define.
 * @throws {Failure} Of kind `usage` if the shell cannot define such a function, or such a program
 * cannot be.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(wrapperOf(undefined, "/opt/claude/claude", DASHED_NAMES).name, "claude");
 * assertEquals(wrapperOf("work", "claude", DASHED_NAMES), { name: "work", program: "claude" });
 * ```
 */
export function wrapperOf(name: string | undefined, program: string, names: NameRule): Wrapper {
  if (program.startsWith("-") || hasControlCharacter(program)) {
    throw new Failure("usage", `--command is ${quoted(program)}, which is not a program`, [
      "write the name of a program, or its path",
    ]);
  }
  const wanted = name ?? baseName(program);
  if (names.pattern.test(wanted) && !TAKEN.has(wanted.toLowerCase())) {
    return { name: wanted, program };
  }
  throw new Failure(
    "usage",
    `${quoted(wanted)} cannot be the name of a function here`,
    [`choose another with --name, of ${names.words}`],
  );
}

function baseName(program: string): string {
  return program.replace(/^.*[\\/]/, "").replace(/\.(?:exe|cmd|bat|ps1)$/i, "");
}

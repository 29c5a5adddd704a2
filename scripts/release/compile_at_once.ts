/**
 * V8 passes over a function in a file and reads it again when it is first called, unless it stands
 * in parentheses: then it is taken for one that is called at once, and read once.
 * Source: https://v8.dev/blog/preparser#pife
 *
 * @module
 */

/** Where a function stands in a text: from its first character to behind its last one. */
export type Span = readonly [start: number, end: number];

/** A declaration that has a name and may be replaced by a variable. */
const DECLARATION = /^(?:async )?function ([\w$]+)\(/;

/**
 * Puts functions of a module in parentheses.
 *
 * @param text The module. None of its functions may be called above the place where it stands.
 * @param called Where the functions stand that are called. Only those count that the module itself
 * declares: what stands inside of another function is read with that.
 * @returns The same program. Its functions are `var`, as each use of a `const` would be checked.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   compiledAtOnce("function one(){return 1}function two(){}", [[0, 24]]),
 *   "var one=(function one(){return 1});function two(){}",
 * );
 * ```
 */
export function compiledAtOnce(text: string, called: readonly Span[]): string {
  let changed = "";
  let done = 0;
  for (const [start, end] of called.toSorted(([one], [other]) => one - other)) {
    const name = DECLARATION.exec(text.slice(start, end))?.[1];
    const isStatement = /(?:^|[;}\n])$/.test(text.slice(Math.max(0, start - 1), start));
    if (start < done || name === undefined || !isStatement) continue;
    changed += `${text.slice(done, start)}var ${name}=(${text.slice(start, end)});`;
    done = end;
  }
  return changed + text.slice(done);
}

/**
 * Stand-in for `@std/cli/parse-args`, as far as the project uses it.
 *
 * @module
 */

import minimist from "npm:minimist@1.2.8";

/** The options of the real `parseArgs` that the project uses. */
export interface ParseOptions {
  /** Options that take no value. */
  boolean?: readonly string[];
  /** Options that take a value. */
  string?: readonly string[];
  /** Short names of options. */
  alias?: Record<string, string>;
  /** Called for each unknown option and for each argument that is none; `false` leaves it out. */
  unknown?: (arg: string, key?: string, value?: unknown) => unknown;
}

/**
 * As `parseArgs` of `@std/cli/parse-args`. minimist honours `--no-x` for every option and makes a
 * list of a repeated one; the real function does neither unless asked to, so neither happens here.
 */
export function parseArgs(
  args: readonly string[],
  options: ParseOptions = {},
): { _: string[] } & Record<string, unknown> {
  const { boolean = [], string = [], alias = {}, unknown = (): boolean => true } = options;
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  const accepted = args.filter((arg, index) =>
    index >= end || !arg.startsWith("--no-") || unknown(arg, arg.slice(2)) !== false
  );
  const parsed = minimist(accepted, {
    boolean: [...boolean],
    string: [...string],
    alias,
    unknown: (arg: string) => unknown(arg, /^--?([^=]+)/.exec(arg)?.[1]) !== false,
  });
  for (const name of string) {
    if (name !== "_" && Array.isArray(parsed[name])) parsed[name] = parsed[name].at(-1);
  }
  return parsed as { _: string[] } & Record<string, unknown>;
}

/**
 * Options of scripts that run before any library can be had.
 *
 * @module
 */

/**
 * Takes the option `--NAME=VALUE` out of a script's arguments.
 *
 * @param name The option.
 * @param args The arguments.
 * @returns The first value, if the option is given, and the other arguments.
 */
export function takeOption(
  name: string,
  args: readonly string[],
): { readonly value: string | undefined; readonly others: string[] } {
  const option = `--${name}=`;
  return {
    value: args.find((arg) => arg.startsWith(option))?.slice(option.length),
    others: args.filter((arg) => !arg.startsWith(option)),
  };
}

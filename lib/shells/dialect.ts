/**
 * What every shell dialect and output format offers.
 *
 * @module
 */

/** How variables are handed to one kind of shell, or written in one format. */
export interface Dialect {
  /**
   * Renders variables for the shell to evaluate, or for a program to parse.
   *
   * @param variables Names and values, in the order to print. Names are identifiers.
   * @returns The whole text for stdout, ending in a newline.
   * @throws {Failure} of kind `other` when a value cannot be expressed; the message names the
   * variable, never its value.
   */
  render(variables: ReadonlyMap<string, string>): string;

  /**
   * What stdout carries when there is no key, newline included: a statement that makes the
   * evaluation fail, or nothing where the empty text already does.
   */
  readonly failure: string;
}

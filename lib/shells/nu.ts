/**
 * Nushell, which evaluates no text but loads a record into its environment.
 *
 * @module
 */

import type { Dialect } from "./dialect.ts";
import { assertText } from "./text.ts";

/**
 * A JSON object for `from json | load-env`. The failure is JSON too, but no object, and `load-env`
 * refuses it. Bare words would not do: `from json` reads Hjson and takes `a: b` for an object.
 */
export const dialect: Dialect = {
  render: (variables) => {
    for (const [name, value] of variables) assertText(name, value);
    return JSON.stringify(Object.fromEntries(variables)) + "\n";
  },
  failure: '"claude-key: no key"\n',
};

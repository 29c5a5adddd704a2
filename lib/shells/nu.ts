/**
 * Nushell, which evaluates no text but loads a record into its environment.
 *
 * @module
 */

import type { Dialect } from "./dialect.ts";
import { statements } from "./statements.ts";

/**
 * A JSON object for `from json | load-env`, one variable a line. The failure is no JSON: an empty
 * text would be, for `from json`, and load nothing.
 */
export const dialect: Dialect = {
  render: (variables) => {
    let separator = "{";
    const members = statements(variables, (name, value) => {
      const member = `${separator}${JSON.stringify(name)}:${JSON.stringify(value)}`;
      separator = ",";
      return member;
    });
    return `${members || "{"}}\n`;
  },
  failure: "claude-key: no key\n",
};

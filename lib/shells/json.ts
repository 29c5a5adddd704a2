/**
 * JSON, for programs.
 *
 * @module
 */

import type { Dialect } from "./dialect.ts";

/** One object. There is no value that JSON cannot express, and an empty text is not JSON. */
export const dialect: Dialect = {
  render: (variables) => JSON.stringify(Object.fromEntries(variables), null, 2) + "\n",
  failure: "",
};

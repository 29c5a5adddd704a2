/**
 * What is wrong with a cache folder, for people.
 *
 * @module
 */

import type { FolderProblem } from "./guard.ts";

/** What is said of a folder in which nothing is cached, behind its name. */
export const FOLDER_WORDS: Readonly<Record<FolderProblem, string>> = {
  "cache folder owned by another user": "belongs to another user",
  "cache folder open to others": "is open to writing by others",
  "cache folder out of reach": "is out of reach, as it is the system's or has an op in or below it",
};

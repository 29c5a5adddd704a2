/**
 * Every command and every option in one table: what parsing, help and completions go by, so that
 * they cannot disagree.
 *
 * @module
 */

import { FORMATS, SHELLS } from "./shells/dialects.ts";

/** An option of a command. */
export interface Option {
  /** Its name, without the leading dashes. */
  readonly name: string;
  /** A short name of one letter, if it has one. */
  readonly letter?: string;
  /** How its value is called in help; an option without one takes no value. */
  readonly value?: string;
  /** The values it takes, where they are few. */
  readonly choices?: readonly string[];
  /** What it does, in a line. */
  readonly summary: string;
}

/** A command. */
export interface Command {
  /** Its name. */
  readonly name: string;
  /** What it does, in a line. */
  readonly summary: string;
  /** How the argument behind it is called in help, if it takes one. */
  readonly operand?: string;
  /** Its options, without those that every command has. */
  readonly options: readonly Option[];
}

const REFRESH: Option = {
  name: "refresh",
  summary: "ask 1Password even if a key is cached",
};

const TTL: Option = {
  name: "ttl",
  value: "DURATION",
  summary: "how long a cached key is used; 0: no cache",
};

/** The options that every command has. */
export const COMMON_OPTIONS: readonly Option[] = [
  { name: "help", letter: "h", summary: "show help" },
];

/** The options that stand in the place of a command. */
export const TOP_OPTIONS: readonly Option[] = [
  ...COMMON_OPTIONS,
  { name: "version", letter: "V", summary: "show the version" },
];

/** All commands, in the order of help. */
export const COMMANDS: readonly Command[] = [
  {
    name: "env",
    summary: "print assignments for a shell to evaluate",
    options: [
      { name: "shell", value: "SHELL", choices: SHELLS, summary: "the shell that evaluates them" },
      {
        name: "format",
        value: "FORMAT",
        choices: FORMATS,
        summary: "a format for programs instead",
      },
      { name: "var", value: "NAME", summary: "the variable that receives the key" },
      REFRESH,
      TTL,
    ],
  },
  {
    name: "get",
    summary: "print the key alone, for apiKeyHelper and scripts",
    options: [REFRESH, TTL],
  },
  {
    name: "help",
    summary: "show help, of a command if one is named",
    operand: "[COMMAND]",
    options: [],
  },
];

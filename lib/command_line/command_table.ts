/**
 * Every command and every option in one table: what parsing, help and completions go by, so that
 * they cannot disagree.
 *
 * @module
 */

import type { FailureKind } from "../failure/failure.ts";
import type { SettingName } from "../configuration/settings.ts";
import { COMPLETING_SHELLS, FORMATS, INTEGRATED_SHELLS, SHELLS } from "../shells/names.ts";
import type { VariableName } from "./variable_summaries.ts";

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
  /** The setting that it overrides, whose default is its own. */
  readonly setting?: SettingName;
  /** What holds without it, in words, where no setting says so. */
  readonly default?: string;
}

/** A command line with what it does. */
export interface Example {
  /** What to type. */
  readonly line: string;
  /** What comes of it. */
  readonly does: string;
}

/** A command. */
export interface Command {
  /** Its name. */
  readonly name: string;
  /** What it does, in a line. */
  readonly summary: string;
  /** How the argument behind it is called in help, if it takes one; in brackets: if any. */
  readonly operand?: string;
  /** The values of this argument, where they are few. */
  readonly choices?: readonly string[];
  /** Its options, without those that every command has. */
  readonly options: readonly Option[];
  /** The variables that matter most to it. */
  readonly variables: readonly VariableName[];
  /** What status 1 says of its result, if that can be no. */
  readonly negative?: string;
  /** The ways in which it can fail. */
  readonly failures: readonly FailureKind[];
  /** Two examples. */
  readonly examples: readonly [Example, Example];
}

const REFRESH: Option = {
  name: "refresh",
  summary: "ask 1Password even if a key is cached",
};

const CACHED: Option = {
  name: "cached",
  summary: "print a cached key or none, and never ask 1Password",
};

const TTL: Option = {
  name: "ttl",
  value: "DURATION",
  summary: "how long a cached key is used; 0: no cache",
  setting: "CLAUDE_KEY_TTL",
};

/** The ways in which a command can fail that asks 1Password. */
const ASKING: readonly FailureKind[] = [
  "other",
  "offline",
  "usage",
  "configuration",
  "op missing",
  "locked",
  "app unreachable",
  "not found",
  "no field",
  "timed out",
  "interrupted",
  "terminated",
];

/** The same for one that may also be told not to. */
const GETTING: readonly FailureKind[] = [...ASKING, "not cached"];

/** The ways in which a command can fail that only looks at what is here. */
const LOCAL: readonly FailureKind[] = ["other", "usage", "configuration"];

/** The variables that say which entry of which cache it is. */
const ENTRY_VARIABLES: readonly VariableName[] = [
  "OP_ITEM",
  "OP_FIELD",
  "OP_ACCOUNT",
  "CLAUDE_KEY_PROJECT_FIELDS",
  "CLAUDE_KEY_CACHE_DIR",
];

/** The same, and those that say how it is got and kept. */
const KEY_VARIABLES: readonly VariableName[] = [
  ...ENTRY_VARIABLES,
  "CLAUDE_KEY_TTL",
  "CLAUDE_KEY_STALE_IF_ERROR",
  "CLAUDE_KEY_TIMEOUT",
  "CLAUDE_DEBUG",
];

const JSON_OUTPUT: Option = {
  name: "json",
  summary: "print JSON, for programs",
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
      {
        name: "shell",
        value: "SHELL",
        choices: SHELLS,
        summary: "the shell that evaluates them",
        default: "posix; on Windows pwsh",
      },
      {
        name: "format",
        value: "FORMAT",
        choices: FORMATS,
        summary: "a format for programs instead",
      },
      {
        name: "var",
        value: "NAME",
        summary: "the variable that receives the key",
        setting: "CLAUDE_KEY_VAR",
      },
      REFRESH,
      CACHED,
      TTL,
    ],
    variables: [
      ...KEY_VARIABLES,
      "LITELLM_BASE_URL",
      "CLAUDE_KEY_VAR",
      "CLAUDE_KEY_REPO_HEADER",
    ],
    failures: GETTING,
    examples: [
      {
        line: 'eval "$(claude-key env || echo false)" && claude',
        does: "starts Claude Code with its key",
      },
      { line: "claude-key env --format json", does: "prints the same variables as a JSON object" },
    ],
  },
  {
    name: "get",
    summary: "print the key alone, for apiKeyHelper and scripts",
    options: [REFRESH, CACHED, TTL],
    variables: KEY_VARIABLES,
    failures: GETTING,
    examples: [
      {
        line: '"apiKeyHelper": "/usr/local/bin/claude-key get"',
        does: "in Claude Code's settings.json: it asks for its key by itself",
      },
      {
        line: "claude-key get --refresh",
        does: "asks 1Password again, after the key was changed there",
      },
    ],
  },
  {
    name: "setup",
    summary: "ask for what is needed and write the configuration",
    options: [
      {
        name: "account",
        value: "ACCOUNT",
        summary: "the account, as op --account takes it",
        default: "the only one",
      },
      {
        name: "vault",
        value: "VAULT",
        summary: "name or ID of the vault",
        default: "the only one",
      },
      {
        name: "item",
        value: "ITEM",
        summary: "name or ID of the item, or op://Vault/Item[/Field]",
      },
      {
        name: "field",
        value: "FIELD",
        summary: "the field with the key, or Section/Field",
        setting: "OP_FIELD",
      },
      { name: "url", value: "URL", summary: "the address of the gateway", default: "none" },
      {
        name: "api-key-helper",
        summary: "make Claude Code run claude-key get by itself, as its apiKeyHelper",
      },
      {
        name: "yes",
        letter: "y",
        summary: "ask nothing: what is neither given nor configured is an error",
      },
    ],
    variables: [
      "OP_SERVICE_ACCOUNT_TOKEN",
      "OP_CONNECT_HOST",
      "CLAUDE_CONFIG_DIR",
      "ANTHROPIC_AUTH_TOKEN",
      "SHELL",
    ],
    failures: ASKING,
    examples: [
      { line: "claude-key setup", does: "asks for everything, then shows what it will write" },
      {
        line: "claude-key setup --yes --item op://Work/litellm --url URL",
        does: "asks nothing, for scripts",
      },
    ],
  },
  {
    name: "status",
    summary: "show what is cached and where each setting comes from",
    options: [
      { name: "all", summary: "every key in the cache folder" },
      JSON_OUTPUT,
    ],
    variables: [...ENTRY_VARIABLES, "CLAUDE_KEY_TTL", "NO_COLOR"],
    failures: LOCAL,
    negative: "no usable key is cached",
    examples: [
      { line: "claude-key status", does: "says how long the key serves, or why it does not" },
      {
        line: "claude-key status --all --json",
        does: "lists every cached key for a program",
      },
    ],
  },
  {
    name: "clear",
    summary: "remove the cached key",
    options: [
      { name: "all", summary: "every key in the cache folder" },
    ],
    variables: ENTRY_VARIABLES,
    failures: LOCAL,
    examples: [
      { line: "claude-key clear", does: "forgets the key of the current configuration" },
      { line: "claude-key clear --all", does: "forgets every key; other programs' files stay" },
    ],
  },
  {
    name: "doctor",
    summary: "check everything end to end, with a fix for each problem",
    options: [
      { name: "yes", letter: "y", summary: "read from 1Password without asking first" },
      JSON_OUTPUT,
    ],
    variables: [...ENTRY_VARIABLES, "CLAUDE_KEY_TIMEOUT", "CLAUDE_CONFIG_DIR", "NO_COLOR"],
    failures: ["other", "usage", "interrupted", "terminated"],
    negative: "something is wrong",
    examples: [
      { line: "claude-key doctor", does: "checks everything, and asks before 1Password may ask" },
      { line: "claude-key doctor --yes --json", does: "does the same for a program" },
    ],
  },
  {
    name: "init",
    summary: "print a function for your shell that runs claude with its key",
    operand: "SHELL",
    choices: INTEGRATED_SHELLS,
    options: [
      { name: "command", value: "PROGRAM", summary: "the program to run", default: "claude" },
      { name: "name", value: "NAME", summary: "the function's name", default: "the program's" },
    ],
    variables: [],
    failures: ["other", "usage"],
    examples: [
      {
        line: 'eval "$(claude-key init bash)"',
        does: "in ~/.bashrc: gives claude its key whenever it is started, and nobody else",
      },
      {
        line: "claude-key init fish --command codex | source",
        does: "in config.fish: does the same for codex",
      },
    ],
  },
  {
    name: "completions",
    summary: "print completions for your shell; init has them too",
    operand: "SHELL",
    choices: COMPLETING_SHELLS,
    options: [],
    variables: [],
    failures: ["other", "usage"],
    examples: [
      {
        line: 'eval "$(claude-key completions bash)"',
        does: "in ~/.bashrc: completes, without a function for claude",
      },
      { line: "claude-key completions fish | source", does: "does the same in config.fish" },
    ],
  },
  {
    name: "help",
    summary: "show help, of a command if one is named",
    operand: "[COMMAND]",
    get choices(): readonly string[] {
      return COMMANDS.map(({ name }) => name);
    },
    options: [],
    variables: [],
    failures: ["other", "usage"],
    examples: [
      { line: "claude-key help env", does: "shows what to type in each shell" },
      { line: "claude-key get --help", does: "does the same as claude-key help get" },
    ],
  },
];

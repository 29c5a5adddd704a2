/**
 * What each variable means, in a line, for help.
 *
 * @module
 */

import type { SettingName } from "../configuration/settings.ts";

/** Variables that are no settings of claude-key, yet matter to it. */
type ForeignName =
  | "ANTHROPIC_AUTH_TOKEN"
  | "CLAUDE_CONFIG_DIR"
  | "NO_COLOR"
  | "OP_CONNECT_HOST"
  | "OP_SERVICE_ACCOUNT_TOKEN"
  | "SHELL";

/** A variable that help can name. */
export type VariableName = SettingName | ForeignName;

/** What each variable means. */
export const VARIABLE_SUMMARIES: Readonly<Record<VariableName, string>> = {
  OP_ITEM: "op://Vault/Item, or a whole reference op://Vault/Item[/Section]/Field",
  OP_FIELD: "the field, where OP_ITEM names none",
  OP_ACCOUNT: "the account given to op; not with a service account or Connect",
  LITELLM_BASE_URL: "the address of the gateway, exported as ANTHROPIC_BASE_URL",
  CLAUDE_PROJECT: "the project's name; otherwise that of the git origin, or the folder",
  CLAUDE_GITHUB_REPO: "org/repo for CLAUDE_KEY_REPO_HEADER; otherwise the git origin's",
  CLAUDE_KEY_PROJECT_FIELDS: "1: a field named after the project is tried before OP_FIELD",
  CLAUDE_KEY_REPO_HEADER: "1: x-github-repo joins ANTHROPIC_CUSTOM_HEADERS",
  CLAUDE_KEY_VAR: "the variable that receives the key",
  CLAUDE_KEY_TTL: "how long a cached key is used: 90s, 30m, 12h, 1d; 0: no cache",
  CLAUDE_KEY_STALE_IF_ERROR:
    "how much longer a key is used, with a warning, while 1Password cannot be reached",
  CLAUDE_KEY_TIMEOUT: "how long to wait for op",
  CLAUDE_KEY_CACHE_DIR: "absolute path of the cache folder",
  CLAUDE_DEBUG: "1: say on stderr where the key came from",
  ANTHROPIC_AUTH_TOKEN: "switches apiKeyHelper of Claude Code off where it is exported",
  CLAUDE_CONFIG_DIR: "the folder of Claude Code's settings; otherwise ~/.claude",
  NO_COLOR: "any value: no colours",
  OP_CONNECT_HOST: "with OP_CONNECT_TOKEN: op asks a Connect server",
  OP_SERVICE_ACCOUNT_TOKEN: "op authenticates as this service account",
  SHELL: "the login shell, for which lines are written",
};

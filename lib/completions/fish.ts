/**
 * Completions for fish.
 *
 * @module
 */

import {
  type Command,
  COMMANDS,
  COMMON_OPTIONS,
  type Option,
  TOP_OPTIONS,
} from "../command_line/command_table.ts";
import { quote } from "../shells/fish.ts";

/**
 * Writes the completions. What was there before is erased, because fish would keep both when a
 * start-up file is read twice.
 * Source: https://fishshell.com/docs/current/cmds/complete.html
 *
 * @returns The text to evaluate.
 */
export function completions(): string {
  return `function __claude_key_at --description 'whether these words stand before the cursor'
    set -l words (commandline --tokenize --cut-at-cursor --current-process)
    test "$words[2]" = "$argv[1]"; and test (count $argv) -eq 1 -o (count $words) -eq 2
end
complete --command claude-key --erase
complete --command claude-key --no-files
${COMMANDS.map(commandRule).join("")}${
    TOP_OPTIONS.map((option) => optionRule("", option)).join("")
  }${COMMANDS.map(rulesOf).join("")}`;
}

function commandRule({ name, summary }: Command): string {
  return rule("__claude_key_at ''", `--arguments ${name}`, summary);
}

function rulesOf({ name, choices, options, summary }: Command): string {
  const operands = choices === undefined
    ? ""
    : rule(`__claude_key_at ${name} first`, `--arguments ${quote(choices.join(" "))}`, summary);
  return operands +
    [...options, ...COMMON_OPTIONS].map((option) => optionRule(name, option)).join("");
}

function optionRule(command: string, { name, letter, value, choices, summary }: Option): string {
  const words = [
    `--long-option ${name}`,
    ...(letter === undefined ? [] : [`--short-option ${letter}`]),
    ...(value === undefined ? [] : ["--exclusive"]),
    ...(choices === undefined ? [] : [`--arguments ${quote(choices.join(" "))}`]),
  ];
  return rule(`__claude_key_at ${command || "''"}`, words.join(" "), summary);
}

function rule(condition: string, what: string, summary: string): string {
  return `complete --command claude-key --condition ${quote(condition)} ${what} --description ${
    quote(summary)
  }\n`;
}

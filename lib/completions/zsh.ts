/**
 * Completions for zsh, in the terms of its completion system.
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
import { quote } from "../text/posix_quote.ts";

/**
 * Writes the completions. They work in a start-up file, where they need `compinit` to have run
 * before and otherwise do nothing, and as a file `_claude-key` in a folder of `fpath`, which runs
 * them as soon as they are loaded.
 * Source: zshcompsys(1)
 *
 * @returns The text to evaluate.
 */
export function completions(): string {
  return `#compdef claude-key
_claude-key() {
  local context state state_descr line curcontext=$curcontext
  local -A opt_args
  local -a commands=(
${COMMANDS.map(({ name, summary }) => indented(4, quote(`${name}:${summary}`))).join("")}  )
  _arguments -C \\
${
    TOP_OPTIONS.map((option) => `${optionSpec(option, "(- *)")} \\\n`).map((line) => `    ${line}`)
      .join("")
  }    '1: :->command' \\
    '*:: :->arguments'
  case $state in
    command) _describe command commands ;;
    arguments)
      case $words[1] in
${COMMANDS.map(branch).join("")}      esac
      ;;
  esac
}
if [[ \${funcstack[1]-} == _claude-key ]]; then
  _claude-key "$@"
elif (( \${+functions[compdef]} )); then
  compdef _claude-key claude-key
fi
`;
}

function branch({ name, operand, choices, options }: Command): string {
  const specs = [...options, ...COMMON_OPTIONS].map((option) => optionSpec(option));
  if (operand !== undefined) specs.push(quote(`1:${operand}${action(choices)}`));
  return indented(8, `${name}) _arguments ${specs.join(" ")} ;;`);
}

function optionSpec({ name, letter, value, choices, summary }: Option, excluded?: string): string {
  const words = letter === undefined ? [`--${name}`] : [`-${letter}`, `--${name}`];
  const others = excluded ?? (words.length > 1 ? `(${words.join(" ")})` : "");
  const rest = `[${summary.replace(/[\\\]:]/g, "\\$&")}]${
    value === undefined ? "" : `:${value}${action(choices)}`
  }`;
  return words.map((word) => quote(`${others}${word}${value === undefined ? "" : "="}${rest}`))
    .join(" ");
}

function action(choices: readonly string[] | undefined): string {
  return choices === undefined ? ": " : `:(${choices.join(" ")})`;
}

function indented(columns: number, line: string): string {
  return `${" ".repeat(columns)}${line}\n`;
}

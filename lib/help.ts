/**
 * The texts of help, made from the table of commands.
 *
 * @module
 */

import {
  type Command,
  COMMANDS,
  COMMON_OPTIONS,
  type Option,
  TOP_OPTIONS,
} from "./command_table.ts";

/**
 * The help on the whole program.
 *
 * @returns The text, ending in a newline.
 */
export function overview(): string {
  return `claude-key: the gateway key of Claude Code, from 1Password, with one approval per 12 hours

usage: claude-key COMMAND [OPTIONS]

commands:
${table(COMMANDS.map(({ name, operand, summary }) => [words(name, operand), summary]))}
options:
${optionTable(TOP_OPTIONS)}
to begin, type: eval "$(claude-key env)"
`;
}

/**
 * The help on one command.
 *
 * @param command The command.
 * @returns The text, ending in a newline.
 */
export function commandHelp(command: Command): string {
  const { name, operand, summary, options } = command;
  return `claude-key ${name}: ${summary}

usage: claude-key ${words(name, operand)}${options.length > 0 ? " [OPTIONS]" : ""}

options:
${optionTable([...options, ...COMMON_OPTIONS])}`;
}

function optionTable(options: readonly Option[]): string {
  return table(options.flatMap(({ name, letter, value, choices, summary }) => [
    [`${letter ? `-${letter}, ` : ""}${words(`--${name}`, value)}`, summary],
    ...(choices ? [["", choices.join(", ")] as const] : []),
  ]));
}

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}\n`).join("");
}

function words(name: string, more: string | undefined): string {
  return more === undefined ? name : `${name} ${more}`;
}

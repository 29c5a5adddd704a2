/**
 * The texts of help, made from the table of commands. No line is longer than 80 characters, but for
 * a command that has to be copied whole.
 *
 * @module
 */

import {
  type Command,
  COMMANDS,
  COMMON_OPTIONS,
  type Example,
  type Option,
  TOP_OPTIONS,
} from "../command_line/command_table.ts";
import { exitStatuses } from "../failure/exit_statuses.ts";
import { EXIT_STATUS, type FailureKind } from "../failure/failure.ts";
import { STARTUP_LINES } from "../integration/startup_lines.ts";
import { defaultOf, SETTING_NAMES } from "../configuration/settings.ts";
import { INTEGRATED_SHELLS, SHELLS } from "../shells/names.ts";
import { EVALUATION_LINES } from "../shells/evaluation_lines.ts";
import { VARIABLE_SUMMARIES, type VariableName } from "../command_line/variable_summaries.ts";
import { wrap } from "../text/wrap.ts";

const WIDTH = 80;
const INDENT = "  ";

/** A term, and what is said of it in words that are not to be broken. */
type Row = readonly [string, readonly string[]];

/**
 * The help on the whole program.
 *
 * @returns The text, ending in a newline.
 */
export function overview(): string {
  return [
    ...paragraph(
      "claude-key: the gateway key of Claude Code, from 1Password, with one approval per 12 hours",
    ),
    "",
    "usage: claude-key COMMAND [OPTIONS]",
    ...section(
      "commands",
      definitions(COMMANDS.map((c) => [named(c.name, c.operand), split(c.summary)])),
    ),
    ...section("options", optionTable(TOP_OPTIONS)),
    ...section(
      "settings, in the environment or in local.env",
      definitions(SETTING_NAMES.map((name) => variableRow(name))),
    ),
    ...section("exit status", statusTable(Object.keys(EXIT_STATUS) as FailureKind[])),
    ...section("to begin", exampleLines(BEGINNING)),
    "",
    "more on a command: claude-key help COMMAND",
    "",
  ].join("\n");
}

/**
 * The help on one command.
 *
 * @param command The command.
 * @returns The text, ending in a newline.
 */
export function commandHelp(command: Command): string {
  const { name, operand, choices, summary, options, variables, negative, failures, examples } =
    command;
  const synopsis = [
    ...(operand === undefined ? [] : [operand]),
    ...options.map((option) => `[${named(`--${option.name}`, option.value)}]`),
  ];
  return [
    ...paragraph(`claude-key ${name}: ${summary}`),
    "",
    ...hanging(`usage: claude-key ${name} `, synopsis),
    ...section(
      operand ?? "",
      choices === undefined ? [] : hanging(INDENT, split(choices.join(", "))),
    ),
    ...section("options", optionTable([...options, ...COMMON_OPTIONS])),
    ...section("variables", definitions(variables.map((variable) => variableRow(variable)))),
    ...(name === "env" ? section("what to type in each shell", definitions(evaluationRows())) : []),
    ...(name === "init" ? section("what to write in a start-up file", startupLines()) : []),
    ...section("exit status", statusTable(failures, negative)),
    ...section("examples", exampleLines(examples)),
    "",
  ].join("\n");
}

const BEGINNING: readonly Example[] = [
  { line: "claude-key setup", does: "asks for what is needed and writes local.env" },
  { line: EVALUATION_LINES.posix.start, does: "starts Claude Code with its key" },
];

function optionTable(options: readonly Option[]): string[] {
  return definitions(options.map((option) => {
    const { name, letter, value, choices, summary } = option;
    const preset = option.default ?? (option.setting && defaultOf(option.setting));
    const listed = choices === undefined ? summary : `${summary}: ${choices.join(", ")}`;
    return [
      `${letter ? `-${letter}, ` : ""}${named(`--${name}`, value)}`,
      withDefault(listed, preset),
    ];
  }));
}

function variableRow(name: VariableName): Row {
  const isSetting = (SETTING_NAMES as readonly string[]).includes(name);
  const preset = isSetting ? defaultOf(name as typeof SETTING_NAMES[number]) : undefined;
  return [name, withDefault(VARIABLE_SUMMARIES[name], preset)];
}

function withDefault(summary: string, preset: string | undefined): string[] {
  return [...split(summary), ...(preset === undefined ? [] : [`(default: ${preset})`])];
}

function statusTable(kinds: readonly FailureKind[], negative?: string): string[] {
  return definitions(
    exitStatuses(kinds, negative).map(([status, meaning]) => [String(status), split(meaning)]),
  );
}

function evaluationRows(): Row[] {
  return SHELLS.map((shell) => [shell, [EVALUATION_LINES[shell].line]]);
}

function startupLines(): string[] {
  return exampleLines(INTEGRATED_SHELLS.map((shell) => {
    const { file, line } = STARTUP_LINES[shell];
    return { line, does: `in ${file}` };
  }));
}

function exampleLines(examples: readonly Example[]): string[] {
  return examples.flatMap((
    { line, does },
  ) => [INDENT + line, `${INDENT}${INDENT}${INDENT}${does}`]);
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", `${title}:`, ...lines];
}

function definitions(rows: readonly Row[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.flatMap(([left, right]) => hanging(`${INDENT}${left.padEnd(width)}${INDENT}`, right));
}

function paragraph(text: string): string[] {
  return wrap(split(text), WIDTH);
}

/** The lines after the first begin where its words begin. */
function hanging(start: string, rest: readonly string[]): string[] {
  const [first = "", ...others] = wrap(rest, WIDTH - start.length);
  return [`${start}${first}`.trimEnd(), ...others.map((line) => " ".repeat(start.length) + line)];
}

function split(text: string): string[] {
  return text.split(" ");
}

function named(name: string, more: string | undefined): string {
  return more === undefined ? name : `${name} ${more}`;
}

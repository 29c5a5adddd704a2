/**
 * Understands the command line.
 *
 * @module
 */

import { parseArgs } from "@std/cli/parse-args";
import {
  type Command,
  COMMANDS,
  COMMON_OPTIONS,
  type Option,
  TOP_OPTIONS,
} from "./command_table.ts";
import { Failure } from "../failure/failure.ts";
import { quoted } from "../text/quoted.ts";

/** A command line, understood. */
export interface Invocation {
  /** The command; `version` stands for the option of that name. */
  readonly command: string;
  /** The argument behind the command, if there is one. */
  readonly operand?: string;
  /** The options that take a value, by name. */
  readonly values: Readonly<Record<string, string>>;
  /** The options without a value that are given. */
  readonly switches: ReadonlySet<string>;
}

/**
 * Parses the command line.
 *
 * @param args The arguments, without the program's name.
 * @returns The command with its options; `help` if help is asked for in whatever way.
 * @throws {Failure} Of kind `usage` for an unknown command or option, a missing, surplus or
 * impossible value.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { command, values, switches } = await parseCommandLine(["env", "--shell", "fish", "--refresh"]);
 * assertEquals(command, "env");
 * assertEquals(values["shell"], "fish");
 * assertEquals(switches.has("refresh"), true);
 * ```
 */
export async function parseCommandLine(args: readonly string[]): Promise<Invocation> {
  const [first, ...rest] = args;
  if (first === undefined) {
    throw new Failure("usage", "no command is given", ["see the commands: claude-key help"]);
  }
  if (first.startsWith("-")) return await parseTopOption(first, rest);
  const command = COMMANDS.find(({ name }) => name === first);
  if (command === undefined) {
    throw await unknown(
      "command",
      first,
      COMMANDS.map(({ name }) => name),
    );
  }
  return await parseOptions(command, rest);
}

async function parseTopOption(first: string, rest: readonly string[]): Promise<Invocation> {
  const option = TOP_OPTIONS.find(({ name, letter }) =>
    first === `--${name}` || first === `-${letter}`
  );
  if (option === undefined) throw await unknown("option", first, dashed(TOP_OPTIONS));
  const command = COMMANDS.find(({ name }) => name === rest[0]);
  if (option.name === "help" && rest.length === 1 && command !== undefined) return helpOn(command);
  if (rest.length > 0) throw surplus(rest[0]);
  return { command: option.name, values: {}, switches: new Set() };
}

async function parseOptions(command: Command, args: readonly string[]): Promise<Invocation> {
  const options = [...command.options, ...COMMON_OPTIONS];
  const end = args.indexOf("--");
  const ahead = args.slice(0, end < 0 ? args.length : end);
  const treacherous = ahead.find(isTreacherous);
  if (treacherous !== undefined) {
    throw await unknown("option", optionName(treacherous), dashed(options), command);
  }
  const overfull = options.find(({ name, value }) =>
    !value && ahead.some((arg) => arg.startsWith(`--${name}=`))
  );
  if (overfull !== undefined) {
    throw new Failure("usage", `--${overfull.name} takes no value`, [
      `write --${overfull.name} alone`,
    ]);
  }
  const strange: string[] = [];
  const parsed: Record<string, unknown> & { _: (string | number)[] } = parseArgs(args, {
    string: ["_", ...options.filter((option) => option.value).map(({ name }) => name)],
    boolean: options.filter((option) => !option.value).map(({ name }) => name),
    alias: Object.fromEntries(
      options.flatMap(({ name, letter }) => letter ? [[letter, name]] : []),
    ),
    unknown: (arg: string, key?: string): boolean => {
      if (key !== undefined) strange.push(arg);
      return key === undefined;
    },
  });
  if (parsed["help"] === true) return helpOn(command);
  if (strange[0] !== undefined) {
    throw await unknown("option", optionName(strange[0]), dashed(options), command);
  }
  const operand = operandOf(command, parsed._.map(String));
  const given = options.filter(({ name }) => parsed[name] !== undefined && parsed[name] !== false);
  return {
    command: command.name,
    ...(operand !== undefined && { operand }),
    values: Object.fromEntries(
      given.filter(({ value }) => value).map((option) => [option.name, valueOf(option, parsed)]),
    ),
    switches: new Set(given.filter(({ value }) => !value).map(({ name }) => name)),
  };
}

function optionName(arg: string): string {
  return arg.split("=", 1)[0] ?? "";
}

/** Parsers stumble over odd names, and over those that every object has already. */
function isTreacherous(arg: string): boolean {
  if (!arg.startsWith("-") || arg === "-") return false;
  const name = /^--?(?:no-)?([a-z][a-z-]*)(?:=|$)/i.exec(arg)?.[1];
  return name === undefined || name in {};
}

function operandOf(
  command: Command,
  [operand, ...others]: readonly string[],
): string | undefined {
  const { name, operand: expected, choices } = command;
  if (expected === undefined && operand !== undefined) throw surplus(operand, name);
  if (others[0] !== undefined) throw surplus(others[0], name);
  if (operand === undefined && expected !== undefined && !expected.startsWith("[")) {
    throw new Failure("usage", `${name} needs a ${expected}`, itTakes(choices));
  }
  if (operand !== undefined && choices !== undefined && !choices.includes(operand)) {
    throw new Failure("usage", `${name} does not know ${quoted(operand)}`, itTakes(choices));
  }
  return operand;
}

function helpOn(command: Command): Invocation {
  return { command: "help", operand: command.name, values: {}, switches: new Set() };
}

function valueOf(option: Option, parsed: Record<string, unknown>): string {
  const value = parsed[option.name];
  if (typeof value !== "string" || value === "") {
    throw new Failure("usage", `--${option.name} needs a value`, [
      `write --${option.name} ${option.value}`,
    ]);
  }
  if (option.choices !== undefined && !option.choices.includes(value)) {
    throw new Failure(
      "usage",
      `--${option.name} does not know ${quoted(value)}`,
      itTakes(option.choices),
    );
  }
  return value;
}

function itTakes(choices: readonly string[] = []): string[] {
  return choices.length > 0 ? [`it takes ${choices.join(", ")}`] : [];
}

function dashed(options: readonly Option[]): string[] {
  return options.map(({ name }) => `--${name}`);
}

async function unknown(
  what: string,
  word: string,
  known: readonly string[],
  command?: Command,
): Promise<Failure> {
  const { nearest } = await import("../text/near_miss.ts");
  const near = nearest(word, known);
  const help = command === undefined ? "claude-key help" : `claude-key help ${command.name}`;
  return new Failure("usage", `unknown ${what} ${quoted(word)}`, [
    ...(near === undefined ? [] : [`did you mean ${near}?`]),
    `see what there is: ${help}`,
  ]);
}

function surplus(argument: string | undefined, command: string = ""): Failure {
  return new Failure("usage", `unexpected argument ${quoted(argument ?? "")}`, [
    `see what there is: claude-key help ${command === "help" ? "" : command}`.trimEnd(),
  ]);
}

/**
 * What can be typed where on the command line of claude-key, for shells that are told in lists.
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

/** Something that can be typed. */
export interface Candidate {
  /** The text. */
  readonly text: string;
  /** What it does, in a line. */
  readonly summary: string;
}

/** A place, known by the words before it. */
export interface Place {
  /** The command that the line begins with; empty where it is still to be typed. */
  readonly command: string;
  /**
   * The word before: the command itself, or an option that takes a value. Any other word if it is
   * not given.
   */
  readonly previous?: string;
  /** What can be typed there; nothing where it is up to the user. */
  readonly candidates: readonly Candidate[];
}

/**
 * Lists the places, the special ones of a command before its general one.
 *
 * @returns All places.
 */
export function places(): Place[] {
  const top = COMMANDS.map(({ name, summary }) => ({ text: name, summary }));
  return [
    { command: "", candidates: [...top, ...TOP_OPTIONS.map(candidateOf)] },
    ...COMMANDS.flatMap(placesOf),
  ];
}

function placesOf(command: Command): Place[] {
  const options = [...command.options, ...COMMON_OPTIONS];
  const candidates = options.map(candidateOf);
  const operands = choicesOf(command.choices, command.summary);
  return [
    ...options.filter(({ value }) => value !== undefined).map((option) => ({
      command: command.name,
      previous: `--${option.name}`,
      candidates: choicesOf(option.choices, option.summary),
    })),
    ...(operands.length === 0 ? [] : [{
      command: command.name,
      previous: command.name,
      candidates: [...operands, ...candidates],
    }]),
    { command: command.name, candidates },
  ];
}

function candidateOf({ name, summary }: Option): Candidate {
  return { text: `--${name}`, summary };
}

function choicesOf(choices: readonly string[] | undefined, summary: string): Candidate[] {
  return (choices ?? []).map((text) => ({ text, summary }));
}

/**
 * Questions and answers at a terminal, line by line. Questions go to stderr: stdout carries only
 * what was asked for.
 *
 * @module
 */

import { escapeControlCharacters } from "../text/control_characters.ts";
import { Failure } from "../failure/failure.ts";
import { quoted } from "../text/quoted.ts";
import { writeToTerminal } from "../terminal/report.ts";
import { LineReader } from "../terminal/line_reader.ts";
import { type Choice, label, select } from "./selection.ts";

/** How many entries of a list are shown at once. */
const LIST_LENGTH = 20;

/** How many entries a hint names. */
const HINT_LENGTH = 8;

/** What a conversation is held at. */
interface Terminal {
  /** Where answers come from. */
  readonly lines: Pick<LineReader, "next">;
  /** Shows a text as it is. */
  readonly write: (text: string) => void;
}

/** A conversation with the user, or, where nothing may be asked, a monologue. */
export class Dialogue {
  /** Whether anything may be asked. */
  readonly asks: boolean;
  readonly #signal: AbortSignal;
  readonly #terminal: Terminal;

  /**
   * Begins a conversation.
   *
   * @param asks Whether anything may be asked.
   * @param signal Ends the conversation; its reason is then thrown.
   * @param terminal What it is held at; stdin and stderr unless something else is said.
   */
  constructor(
    asks: boolean,
    signal: AbortSignal,
    terminal: Terminal = { lines: new LineReader(), write: writeToTerminal },
  ) {
    this.asks = asks;
    this.#signal = signal;
    this.#terminal = terminal;
  }

  /**
   * Says something.
   *
   * @param line One line. Control characters in it are shown, never sent.
   */
  tell(line: string): void {
    this.#terminal.write(`${escapeControlCharacters(line)}\n`);
  }

  /**
   * Asks for a line of text.
   *
   * @param question What to ask.
   * @param otherwise What an empty answer means.
   * @param shown The same for people.
   * @returns The answer, without white space around it.
   * @throws {Failure} Of kind `interrupted` if there is none.
   */
  async prompt(
    question: string,
    otherwise: string = "",
    shown: string = otherwise,
  ): Promise<string> {
    const preset = otherwise === "" ? "" : ` [${shown}]`;
    this.#terminal.write(escapeControlCharacters(`${question}${preset}: `));
    const answer = await this.#answer();
    return answer.trim() || otherwise;
  }

  /**
   * Asks for one entry of a list. The only entry is taken without a question.
   *
   * @param what What kind of thing it is; also the name of the option that says it.
   * @param all The entries, at least one.
   * @param otherwise The entry that an empty answer means.
   * @param understand Understands an answer that is no entry, but tells more.
   * @returns The entry, or what was understood.
   * @throws {Failure} Of kind `usage` if there are several and nothing may be asked.
   */
  async choose<T extends Choice, Other = never>(
    what: string,
    all: readonly T[],
    otherwise?: T,
    understand: (answer: string) => Other | undefined = () => undefined,
  ): Promise<T | Other> {
    const [first, ...others] = all;
    if (first === undefined) throw new Error(`no ${what} to choose from`);
    if (others.length === 0) {
      this.tell(`${what}: ${label(first)}, the only one`);
      return first;
    }
    if (!this.asks) throw unsaid(what, all);
    let shown = this.#list(`which ${what}?`, all);
    while (true) {
      const answer = await this.prompt("number, or a part of the name", otherwise?.name);
      if (answer === "") continue;
      if (answer === otherwise?.name) return otherwise;
      const understood = understand(answer);
      if (understood !== undefined) return understood;
      const selection = select(answer, shown, all);
      if ("chosen" in selection) {
        this.tell(`${what}: ${label(selection.chosen)}`);
        return selection.chosen;
      }
      if ("several" in selection) {
        shown = this.#list(`which ${what} of these?`, selection.several);
      } else {
        this.tell(`there is no ${what} ${quoted(answer)}`);
      }
    }
  }

  /**
   * Asks for consent.
   *
   * @param question What to ask.
   * @returns Whether it was given; an empty answer gives it.
   */
  async confirm(question: string): Promise<boolean> {
    while (true) {
      const answer = (await this.prompt(`${question} [Y/n]`)).toLowerCase();
      if (["", "y", "yes"].includes(answer)) return true;
      if (["n", "no"].includes(answer)) return false;
    }
  }

  #list<T extends Choice>(title: string, entries: readonly T[]): readonly T[] {
    const shown = entries.slice(0, LIST_LENGTH);
    const width = String(shown.length).length;
    this.tell(title);
    for (const [index, choice] of shown.entries()) {
      this.tell(`  ${String(index + 1).padStart(width)}  ${label(choice)}`);
    }
    if (entries.length > shown.length) {
      this.tell(`  ${" ".repeat(width)}  and ${entries.length - shown.length} more`);
    }
    return shown;
  }

  async #answer(): Promise<string> {
    let answer: string | undefined;
    try {
      answer = await this.#terminal.lines.next(this.#signal);
    } catch (error) {
      this.#terminal.write("\n");
      throw error;
    }
    if (answer !== undefined) return answer;
    this.#terminal.write("\n");
    throw new Failure("interrupted", "the answers ended half way, and nothing was written");
  }
}

function unsaid(what: string, all: readonly Choice[]): Failure {
  const names = all.slice(0, HINT_LENGTH).map(({ name, word = name }) => quoted(word)).join(", ");
  const more = all.length > HINT_LENGTH ? " and more" : "";
  return new Failure("usage", `the ${what} is not said, and there are ${all.length}`, [
    `add --${what}; there are ${names}${more}`,
  ]);
}

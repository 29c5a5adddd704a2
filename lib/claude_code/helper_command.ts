/**
 * The command behind `apiKeyHelper`, which Claude Code runs under `/bin/sh`, on Windows under `cmd`
 * [Claude Code docs: settings].
 *
 * @module
 */

import { isAbsolute, lastPart } from "../files/paths.ts";
import { shellWord } from "../text/shell_word.ts";

/** Where programs are found by whatever a desktop starts: a dock, a start menu, an editor. */
export const DESKTOP_FOLDERS: readonly string[] = ["/usr/bin", "/bin", "/usr/sbin", "/sbin"];

/** What a helper is made of. */
export interface HelperParts {
  /** The program with its own arguments, `get` last. The program is an absolute path. */
  readonly words: readonly string[];
  /** The folder that has `op`, where a desktop would not find it. */
  readonly opFolder?: string;
}

/**
 * Writes the command so that it works whatever `PATH` is.
 *
 * @param parts What it is made of.
 * @param windows Whether `cmd` will run it.
 * @returns The command; nothing if `cmd` has no way to write it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const words = ["/opt/my tools/claude-key", "get"];
 * assertEquals(
 *   helperCommand({ words, opFolder: "/opt/homebrew/bin" }, false),
 *   "PATH=/opt/homebrew/bin:$PATH '/opt/my tools/claude-key' get",
 * );
 * assertEquals(helperCommand({ words: ["C:\\a b\\c.exe", "get"] }, true), '"C:\\a b\\c.exe" get');
 * ```
 */
export function helperCommand(
  { words, opFolder }: HelperParts,
  windows: boolean,
): string | undefined {
  if (windows) {
    const written = words.map(cmdWord);
    // What a desktop starts there has the user's whole PATH.
    return written.includes(undefined) ? undefined : written.join(" ");
  }
  const path = opFolder === undefined ? "" : `PATH=${shellWord(opFolder, "posix")}:$PATH `;
  return path + words.map((word) => shellWord(word, "posix")).join(" ");
}

/** Between quotes `cmd` still expands `%NAME%`, and there is no way to keep it from that. */
function cmdWord(word: string): string | undefined {
  if (/["%]/.test(word)) return undefined;
  return /^[\w.:/\\-]+$/.test(word) ? word : `"${word}"`;
}

/** What a helper is, as far as its text tells. */
export type HelperForm =
  | {
    readonly kind: "claude-key";
    readonly program: string;
    readonly folders: readonly string[];
    /** Whether it never takes the key from the cache. */
    readonly refreshes?: true;
  }
  | { readonly kind: "another program" };

/** Options of `get` with which it still prints the key. */
const OPTION = /^--(?:cached|refresh|ttl=\w+)$/;

/**
 * Recognises claude-key in a helper. It must be run with nothing before it but folders for `PATH`,
 * and do nothing but print the key.
 *
 * @param command The command.
 * @param own The words that this very claude-key is run with, for one that is run from source.
 * @param windows Whether `cmd` runs it.
 * @returns What it is. A command may hold a key: nothing else of it is kept.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(helperForm("PATH=/opt/op:$PATH /opt/claude-key get", [], false), {
 *   kind: "claude-key",
 *   program: "/opt/claude-key",
 *   folders: ["/opt/op"],
 * });
 * assertEquals(helperForm("cat ~/.claude-key", [], false).kind, "another program");
 * ```
 */
export function helperForm(
  command: string,
  own: readonly string[],
  windows: boolean,
): HelperForm {
  const words = wordsOf(command.trim(), windows);
  const folders: string[] = [];
  let rest = words ?? [];
  for (let first = rest[0]; first?.startsWith("PATH="); first = rest[0]) {
    // Where it does not end in $PATH, sh itself may be out of reach.
    if (!first.endsWith(PATH_AT_THE_END)) return { kind: "another program" };
    folders.push(...first.slice("PATH=".length, -PATH_AT_THE_END.length).split(":"));
    rest = rest.slice(1);
  }
  const [program = "", verb, ...options] = rest;
  const isOurs = /^claude-key(?:\.exe)?$/i.test(lastPart(program, windows)) && verb === "get" &&
    options.every((option) => OPTION.test(option));
  const isOwn = own.length > 0 && own.length === rest.length &&
    own.every((word, index) => word === rest[index]);
  if (!isOurs && !isOwn) return { kind: "another program" };
  return {
    kind: "claude-key",
    program,
    folders: folders.filter((path) => isAbsolute(path, windows)),
    ...(options.includes("--refresh") && { refreshes: true }),
  };
}

/** What cannot be in a literal word stands for the one expansion that is understood. */
const PATH_AT_THE_END = ":\0";

/** Splits a command into words; nothing if it is more than a simple command of literal words. */
function wordsOf(command: string, windows: boolean): string[] | undefined {
  const words: string[] = [];
  let rest = command;
  while (rest !== "") {
    const pieces = Array.from(rest.matchAll(windows ? CMD : SH));
    const length = pieces.reduce((sum, [whole]) => sum + whole.length, 0);
    if (length === 0) return undefined;
    rest = rest.slice(length).trimStart();
    words.push(pieces.map(({ groups = {} }) => pieceOf(groups)).join(""));
  }
  return words;
}

function pieceOf(groups: Record<string, string | undefined>): string {
  const { single, double, escaped, path, plain } = groups;
  if (path !== undefined) return "\0";
  const literal = single ?? escaped ?? plain;
  return literal ?? double?.replace(ESCAPED, (_, character?: string) => character ?? "\0") ?? "";
}

/** Pieces of a word for `sh`. */
const SH =
  /'(?<single>[^']*)'|"(?<double>(?:[^"\\$`]|\\.|\$PATH\b|\$\{PATH\})*)"|\\(?<escaped>[^\n])|(?<path>\$PATH\b|\$\{PATH\})|(?<plain>[\w@%+=:,./~-]+)/gy;

/** What stands for something else between double quotes. */
const ESCAPED = /\\(["\\$`])|\$PATH|\$\{PATH\}/g;

/** Pieces of a word for `cmd`, where a backslash and single quotes mean themselves. */
const CMD = /"(?<single>[^"%]*)"|(?<plain>[^\s"%&|<>^()]+)/gy;

/**
 * The format of git's configuration, as far as it takes to find the origin [git-config(1): SYNTAX].
 * The file may be hostile; every character is looked at a few times at the most.
 *
 * @module
 */

/** What git reads next to a backslash in a value; anything else there makes the file invalid. */
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  n: "\n",
  t: "\t",
  b: "\b",
};

/** A file that git itself refuses to read. */
class InvalidConfiguration extends Error {}

/**
 * Finds the URL that git fetches from for the remote `origin`: the first one, as further ones are for
 * pushing.
 *
 * @param text The file `config` of a repository.
 * @returns The URL, or `undefined` if none is there, or git could not read the file.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(originUrl('[remote "origin"] url = "git@host:a/b.git" ; mine'), "git@host:a/b.git");
 * ```
 */
export function originUrl(text: string): string | undefined {
  try {
    return new Reader(text.replaceAll("\r\n", "\n")).firstUrl();
  } catch (error) {
    if (error instanceof InvalidConfiguration) return undefined;
    throw error;
  }
}

class Reader {
  readonly #text: string;
  #at: number;

  constructor(text: string) {
    this.#text = text;
    this.#at = text.startsWith("\ufeff") ? 1 : 0;
  }

  /** Reads the whole file, as an error at its end spoils it too. */
  firstUrl(): string | undefined {
    let section = "";
    let url: string | undefined;
    while (this.#at < this.#text.length) {
      const character = this.#next();
      if (isSpace(character)) continue;
      if (character === "#" || character === ";") this.#skipLine();
      else if (character === "[") section = this.#section();
      else {
        const key = this.#key(character);
        const value = this.#value();
        if (section === "remote.origin" && key === "url" && value !== "") url ??= value;
      }
    }
    return url;
  }

  /** `section`, `section.subsection` or `section "subsection"`; only the last keeps its case. */
  #section(): string {
    let name = "";
    while (true) {
      const character = this.#next();
      if (character === "]") return name;
      if (isSpace(character)) return `${name}.${this.#subsection(character)}`;
      if (!/[A-Za-z0-9.-]/.test(character)) throw new InvalidConfiguration();
      name += character.toLowerCase();
    }
  }

  #subsection(space: string): string {
    let character = space;
    while (isSpace(character)) {
      if (character === "\n") throw new InvalidConfiguration();
      character = this.#next();
    }
    if (character !== '"') throw new InvalidConfiguration();
    let name = "";
    while ((character = this.#next()) !== '"') {
      if (character === "\\") character = this.#next();
      if (character === "\n" || character === "") throw new InvalidConfiguration();
      name += character;
    }
    if (this.#next() !== "]") throw new InvalidConfiguration();
    return name;
  }

  /** Leaves the reader behind the `=`, or before the end of a line that has none. */
  #key(first: string): string {
    if (!/[A-Za-z]/.test(first)) throw new InvalidConfiguration();
    const start = this.#at - 1;
    while (/[A-Za-z0-9-]/.test(this.#peek())) this.#at++;
    const key = this.#text.slice(start, this.#at).toLowerCase();
    while (this.#peek() === " " || this.#peek() === "\t") this.#at++;
    if (this.#peek() === "=") this.#at++;
    else if (this.#peek() !== "\n" && this.#peek() !== "") throw new InvalidConfiguration();
    return key;
  }

  #value(): string {
    const parts: string[] = [];
    let kept = 0;
    let quoted = false;
    while (true) {
      let character = this.#next();
      if (character === "" || character === "\n") {
        if (quoted) throw new InvalidConfiguration();
        return parts.slice(0, kept).join("");
      }
      if (!quoted && isSpace(character)) {
        if (parts.length > 0) parts.push(character);
        continue;
      }
      if (!quoted && (character === "#" || character === ";")) {
        this.#skipLine();
        return parts.slice(0, kept).join("");
      }
      if (character === '"') {
        quoted = !quoted;
        kept = parts.length;
        continue;
      }
      if (character === "\\") {
        const escaped = this.#next();
        // The end of the file ends the line.
        if (escaped === "\n" || escaped === "") continue;
        character = ESCAPES[escaped] ?? "";
        if (character === "") throw new InvalidConfiguration();
      }
      kept = parts.push(character);
    }
  }

  #skipLine(): void {
    const end = this.#text.indexOf("\n", this.#at);
    this.#at = end < 0 ? this.#text.length : end + 1;
  }

  #peek(): string {
    return this.#text.charAt(this.#at);
  }

  #next(): string {
    return this.#text.charAt(this.#at++);
  }
}

function isSpace(character: string): boolean {
  return character === " " || character === "\t" || character === "\n" || character === "\r";
}

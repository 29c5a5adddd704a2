import { assert, assertEquals } from "@std/assert";
import {
  type LocalEnvEntry,
  LocalEnvError,
  parseLocalEnv,
} from "../../lib/configuration/local_env.ts";
import { outputOf } from "../support/deadline.ts";
import { figure } from "../support/figures.ts";
import { join } from "../support/join.ts";
import { Random } from "../support/random_bytes.ts";
import { isInstalled } from "../support/real_shells.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

const FILES = 5_000;
const NAMES = ["A", "B", "C", "LONG_1"] as const;

/** What values are made of. In `C:\…` a shell takes the backslashes away, which is an exception. */
const PIECES = [
  ...["a", "b", "API Key", " ", "  ", "\t", "#", " #", " # c", "=", "[1m]", "*", "?", "~", "~/x"],
  ...[":", "/", "%PATH%", "!", "^", "@", ",", "+", "-", ".", "{", "}", "{a,b}", "{1..3}", "é"],
  ...["日本", "\u00a0", "\u200b", "C:\\Users\\Ada\\bin\\bash.exe", "\\\\server\\share", "\\"],
  ...["$", "$HOME", "${A:-b}", "$(m)", "$1", "$?", "$$", "$[1]", "$'q'", '$"q"', "$é", "5$ ", "$%"],
  ...["`m`", "`", ";", "; export A", "&", "|", "<", ">", "(", ")", '"', "'", "\\n", '\\"', "\\$"],
  ...["https://gw.example.com/v1?a=b", "op://Work/litellm/API Key"],
] as const;

/** What stands on a line of its own and is no assignment. */
const OTHERS = [
  ...["", " ", "\t", "# a comment", "  # 'another", "#A=b \\", "export A", "export", "unset A"],
  ...["source other", "if true", "fi", "readonly A=b", "A = b", "A+=b", "A[0]=b", "export A B=c"],
  ...["declare A=b", "1A=b", "A", "exportA b", "\u00a0A=b"],
] as const;

/** A file in the pieces of which it was made, each of them meant to be an assignment. */
function generate(random: Random): { pieces: string[]; newline: string; mark: string } {
  const pieces: string[] = [];
  for (let count = 1 + random.below(4); count > 0; count--) {
    pieces.push(random.below(12) === 0 ? random.oneOf(OTHERS) : assignment(random));
  }
  return {
    pieces,
    newline: random.below(10) === 0 ? "\r\n" : "\n",
    mark: random.below(20) === 0 ? "\ufeff" : "",
  };
}

function assignment(random: Random): string {
  const start = random.oneOf(["", "", "export ", "  ", " export\t", "\texport  "]);
  const quote = random.oneOf(["", "", '"', '"', "'"]);
  const tokens: readonly [string, ...string[]] = quote === "" ? PIECES : [...PIECES, "\n"];
  let value = "";
  for (let count = random.below(4); count > 0; count--) value += random.oneOf(tokens);
  const end = random.oneOf(["", "", "", " ", "\t", " # c", "#c", "  # it's"]);
  return `${start}${random.oneOf(NAMES)}=${quote}${value}${quote}${end}`;
}

function attempt(text: string): Map<string, LocalEnvEntry> | LocalEnvError {
  try {
    return parseLocalEnv(text);
  } catch (error) {
    if (error instanceof LocalEnvError) return error;
    throw error;
  }
}

/** What a shell makes of a file. */
interface Reading {
  /** The names with their values. */
  readonly values: ReadonlyMap<string, string>;
  /** The names that bash exports. */
  readonly exported: ReadonlySet<string>;
  /** Whether it was read without a word of complaint. */
  readonly quiet: boolean;
}

/**
 * Sources each text in a process of its own. `~` is its own home folder, so that what a shell makes
 * of it is no exception to look for.
 */
async function read(shell: "bash" | "dash", texts: readonly string[]): Promise<Reading[]> {
  using temporary = new TemporaryFolder();
  const folder = temporary.path;
  for (const [index, text] of texts.entries()) {
    Deno.writeTextFileSync(join(folder, `file-${index}`), text);
  }
  const exported = shell === "bash" ? 'case ${NAME@a} in *x*) printf "x";; esac; ' : "";
  const shown = NAMES.map((name) =>
    `if [ "\${${name}+set}" ]; then ${exported.replace("NAME", name)}` +
    `printf '${name}=%s\\0' "$${name}"; fi`
  ).join("; ");
  const script =
    `PATH=/nowhere; unset ${NAMES.join(" ")}; i=0; while [ $i -lt ${texts.length} ]; do ` +
    `( . ./file-$i; ${shown} ) 2>words; if [ -s words ]; then printf 'words\\0'; fi; ` +
    "printf 'end\\0'; i=$((i + 1)); done";
  const { stdout, stderr } = await outputOf(shell, {
    args: ["-c", script],
    cwd: folder,
    env: { HOME: "~", LC_ALL: "C.UTF-8" },
  });
  assertEquals(new TextDecoder().decode(stderr), "");
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  return decoder.decode(stdout).split("end\0").slice(0, -1).map(reading);
}

function reading(printed: string): Reading {
  const values = new Map<string, string>();
  const exported = new Set<string>();
  const parts = printed.split("\0").slice(0, -1);
  for (const part of parts) {
    const [, mark = "", name = "", value = ""] = /^(x?)(\w+)=(.*)$/s.exec(part) ?? [];
    if (name === "") continue;
    values.set(name, value);
    if (mark === "x") exported.add(name);
  }
  return { values, exported, quiet: !parts.includes("words") };
}

/** Section 3 of the design: without quotes, `\` is text. Whatever else is accepted has no exception. */
function asShellsRead({ value, span }: LocalEnvEntry, text: string): string {
  const isQuoted = /["']/.test(text[span?.[0] ?? 0] ?? "");
  return isQuoted ? value : value.replace(/\\(.)/gsu, "$1");
}

/** What a reader who knows nothing of shells would take a refused assignment for. */
function literally(piece: string): { name: string; value: string } {
  const [, name = "", written = ""] = /^[ \t]*(?:export[ \t]+)?(\w+)=(.*)$/s.exec(piece) ?? [];
  const quote = written.charAt(0);
  if (quote !== '"' && quote !== "'") return { name, value: written.replace(/\s+#.*$/, "").trim() };
  const close = written.indexOf(quote, 1);
  return { name, value: written.slice(1, close < 0 ? undefined : close) };
}

/** The forms of section 3 that are refused whether a shell understands them or not. */
const NAMED = /^(?:is not NAME=VALUE|has no closing|goes on after|has a control character)/;

Deno.test({
  name: "what is accepted means to bash and dash what it means here, and what is not would not",
  ignore: !isInstalled("bash") || !isInstalled("dash"),
  fn: async () => {
    const random = new Random(20_261_125);
    const accepted: { text: string; entries: Map<string, LocalEnvEntry> }[] = [];
    const refused: { piece: string; error: LocalEnvError }[] = [];
    let named = 0;
    for (let file = 0; file < FILES; file++) {
      const { pieces, newline, mark } = generate(random);
      const text = pieces.map((piece) => piece + "\n").join("");
      const written = mark + text.replaceAll("\n", newline);
      const result = attempt(written);
      if (result instanceof LocalEnvError) {
        const lines = pieces.map((piece) => piece.split("\n").length);
        const starts = lines.map((_, index) =>
          lines.slice(0, index).reduce((sum, count) => sum + count, 1)
        );
        const piece = pieces[starts.indexOf(result.line)];
        if (piece === undefined || NAMED.test(result.message)) named++;
        else refused.push({ piece, error: result });
      } else {
        // A shell knows neither byte order marks nor CRLF, which section 3 accepts.
        const spans = attempt(text);
        if (spans instanceof LocalEnvError) throw spans;
        assertEquals(
          Array.from(result, ([name, { value }]) => [name, value]),
          Array.from(spans, ([name, { value }]) => [name, value]),
        );
        accepted.push({ text, entries: spans });
      }
    }
    const texts = [
      ...accepted.map(({ text }) => text),
      ...refused.map(({ piece }) => `${piece}\n`),
    ];
    const [bash, dash] = await Promise.all([read("bash", texts), read("dash", texts)]);
    assertEquals([bash.length, dash.length], [texts.length, texts.length]);
    let values = 0;
    for (const [index, { text, entries }] of accepted.entries()) {
      for (const shell of [bash, dash]) {
        const read = shell[index];
        const expected = Array.from(entries, ([name, entry]) => [name, asShellsRead(entry, text)]);
        assertEquals([text, read?.quiet, read?.values], [text, true, new Map(expected as never)]);
        values += expected.length;
      }
      const exported = Array.from(entries).filter(([, entry]) => entry.exported);
      assertEquals([text, bash[index]?.exported], [text, new Set(exported.map(([name]) => name))]);
    }
    for (const [index, { piece, error }] of refused.entries()) {
      const { name, value } = literally(piece);
      const same = [bash, dash].every((shell) => {
        const read = shell[accepted.length + index];
        return read?.quiet && read.values.get(name) === value;
      });
      assert(!same, `${JSON.stringify(piece)} ${error.message}, but shells read it so`);
    }
    assert(accepted.length > FILES / 10 && refused.length > FILES / 10);
    figure("local.env in shells", {
      files: FILES,
      accepted: accepted.length,
      "values compared": values,
      "refused because bash differs": refused.length,
      "refused by their form": named,
    });
  },
});

/**
 * Values that are hard on a shell, the same ones for the same seed.
 *
 * @module
 */

/** Values that somebody thought of, each a trap in at least one shell. */
const CHOSEN: readonly string[] = [
  "",
  "sk-1234567890abcdef",
  ...Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)),
  ...["'", '"', "\\", "`", "!", "$", "%", "^", "\n", "‘", "’", "‚", "‛", "“", "”"].flatMap(
    (character) => [2, 3, 4, 5].map((count) => character.repeat(count)),
  ),
  "'quoted'",
  '"quoted"',
  'it\'s "both"',
  "\\'",
  "'\\",
  "\\\\'\\\\",
  '\\"',
  "\\!",
  "\\\\!",
  "!!",
  "!$",
  "!-1",
  "^a^b",
  "$HOME",
  "${HOME}",
  "$(id)",
  "$((1+1))",
  "`id`",
  "$'a'",
  "<(id)",
  "%PATH%",
  "%%i",
  "%i",
  "%",
  "!PATH!",
  "a&b|c<d>e^f",
  "; echo started",
  "' ; echo started ; '",
  "')\nfalse",
  ";",
  "#comment",
  "a #comment",
  "~",
  "~root",
  "=ls",
  "*",
  "?",
  "[a-z]",
  "{a,b}",
  "**",
  "-",
  "-n",
  "--",
  "--help",
  " ",
  "  both ends  ",
  "\t",
  "\ta\tb\t",
  "a\nb",
  "\n",
  "\na",
  "a\n",
  "a\n\n",
  "\\\n",
  "a\\\nb",
  "x-a: 1\nx-b: 2",
  "café",
  "ß ı İ",
  "日本語",
  "🔑",
  "👩‍👩‍👧‍👦",
  "e\u0301",
  "\u00a0",
  "\u2003\u3000",
  "\u2028\u2029",
  "\ufeff",
  "\ufffd",
  "\uffff",
  "\ue000\uf600\uf6ff\uf8ff",
  "\ufdd0\ufdef",
  "\u{10ffff}",
  "“typographic” ‘quotes’",
  "null",
  "true",
  "0",
  "007",
  "1e3",
  '{"a":1}',
  "[1]",
  "k".repeat(16 * 1024),
  "'".repeat(16 * 1024),
  "\\".repeat(16 * 1024),
  "é!".repeat(8 * 1024),
  " ~!@#$%^&*()_+`-={}|[]\\:\";'<>?,./".repeat(480),
];

const ALPHABETS: readonly string[] = [
  Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join(""),
  "'\"\\`!$%^ab ",
  "()[]{}<>|&;*?~#= \t-",
  "abcXYZ019-_./:@",
  "‘’‚‛“”'é日🔑ß\u00a0 $\\\"x",
  "'\"\\!\nab $",
];

/** Where the random values start. Tests print it when they fail; another one finds other values. */
export const SEED = Number(Deno.env.get("SHELL_VALUES_SEED") ?? 1);

/**
 * Generates values: first the chosen ones, then random ones.
 *
 * @param count How many values.
 * @param accepts Which values to keep.
 * @returns The values, always the same ones for the same {@linkcode SEED}.
 */
export function shellValues(count: number, accepts: (value: string) => boolean): string[] {
  const below = random(SEED);
  const values = CHOSEN.filter(accepts);
  while (values.length < count) {
    const alphabet = [...ALPHABETS[below(ALPHABETS.length)] ?? ""];
    const length = 1 + below(40);
    const value = Array.from({ length }, () => alphabet[below(alphabet.length)]).join("");
    if (accepts(value)) values.push(value);
  }
  return values;
}

/** A generator of whole numbers, small and good enough here: a linear congruence of Knuth's. */
function random(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor(state / 2 ** 32 * limit);
  };
}

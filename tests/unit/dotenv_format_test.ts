import { assert, assertEquals, assertThrows } from "@std/assert";
import { Failure } from "../../lib/failure/failure.ts";
import { dialect, quote } from "../../lib/shells/dotenv.ts";
import { bareEnvironment } from "../../scripts/bare_environment.ts";
import { outputOf } from "../support/deadline.ts";
import { NO_POSIX_SHELL } from "../support/skips.ts";
import { isInstalled } from "../support/real_shells.ts";
import { SEED, shellValues } from "../support/shell_values.ts";

const QUOTED = [
  ["", ""],
  ["sk-1234_ABC.def", "sk-1234_ABC.def"],
  ["https://gateway.example:4000/v1?", "'https://gateway.example:4000/v1?'"],
  ["https://gateway.example:4000/v1", "https://gateway.example:4000/v1"],
  ["a=b,c%20@+", "a=b,c%20@+"],
  [" a ", "' a '"],
  ["a #b", "'a #b'"],
  ["$HOME", "'$HOME'"],
  ["`id`", "'`id`'"],
  ["~", "'~'"],
  ['say "hi"', `'say "hi"'`],
  ["a\nb", "'a\nb'"],
  ["a\\nb", "'a\\nb'"],
  ["it's", `"it's"`],
  ["it's\nhere", `"it's\nhere"`],
] as const;

for (const [value, quoted] of QUOTED) {
  Deno.test(`dotenv writes ${JSON.stringify(value)} as ${JSON.stringify(quoted)}`, () => {
    assertEquals(quote(value), quoted);
  });
}

for (const value of ["${HOME}", `it's "so"`, "it's $HOME", "it's `id`", "a\\\\b", "a\\", "\\'"]) {
  Deno.test(`dotenv refuses ${value}`, () => {
    const failure = assertThrows(() => dialect.render(new Map([["A", value]])), Failure, '"A"');
    assertEquals(failure.hints, ["use JSON: claude-key env --format json"]);
    assert(!failure.message.includes(value));
  });
}

const PRINT = "JSON.stringify(Object.entries(ENV).filter(([name]) => /^V\\d+$/.test(name)).sort())";

const READERS = [
  {
    title: "Deno's --env-file",
    program: Deno.execPath(),
    args: (file: string) => [
      ...["eval", "--no-config", `--env-file=${file}`],
      `console.log(${PRINT.replace("ENV", "Deno.env.toObject()")})`,
    ],
    ignore: false,
  },
  {
    title: "the --env-file of Node.js",
    program: "node",
    args: (file: string) => [
      ...[`--env-file=${file}`, "--eval"],
      `console.log(${PRINT.replace("ENV", "process.env")})`,
    ],
    ignore: !isInstalled("node"),
  },
  {
    title: "the . of a shell",
    program: "sh",
    args: (file: string) => [
      "-c",
      `set -a; . ${file}; exec "$0" eval --no-config '${`console.log(${
        PRINT.replace("ENV", "Deno.env.toObject()")
      })`}'`,
      Deno.execPath(),
    ],
    ignore: NO_POSIX_SHELL,
  },
] as const;

for (const { title, program, args, ignore } of READERS) {
  Deno.test(`${title} reads back every value that dotenv can express`, { ignore }, async () => {
    const values = shellValues(2_000, (value) => quote(value) !== undefined);
    const variables = new Map(values.map((value, index) => [`V${index}`, value]));
    const home = await Deno.makeTempDir();
    await Deno.writeTextFile(`${home}/variables.env`, dialect.render(variables));
    const { code, stdout, stderr } = await outputOf(program, {
      args: args(`${home}/variables.env`),
      clearEnv: true,
      env: {
        ...bareEnvironment(),
        PATH: Deno.env.get("PATH") ?? "",
        HOME: home,
        DENO_DIR: home,
        NO_COLOR: "1",
      },
    });
    await Deno.remove(home, { recursive: true });
    assertEquals([code, new TextDecoder().decode(stderr)], [0, ""]);
    const read = JSON.parse(new TextDecoder().decode(stdout));
    assertEquals(read, [...variables].sort(), `SHELL_VALUES_SEED=${SEED}`);
  });
}

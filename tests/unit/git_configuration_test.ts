import { assert, assertEquals } from "@std/assert";
import { originUrl } from "../../lib/configuration/git_configuration.ts";
import { outputOf } from "../support/deadline.ts";
import { figure } from "../support/figures.ts";
import { join } from "../support/join.ts";
import { Random } from "../support/random_bytes.ts";
import { lacks } from "../support/tools.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

const FILES = 1_500;

const LINES = [
  ...['[remote "origin"]', '[remote "origin"]', '[Remote "origin"]', "[remote.origin]", "[core]"],
  ...[
    "[remote.Origin]",
    '[remote "Origin"]',
    '[remote "other"]',
    '[remote  "or\\igin"]',
    "[ core]",
  ],
  ...['[remote "origin"] url = first', '[remote "origin"]url=close', "[remote origin]", "[core"],
  ...[
    "\tfetch = +refs/heads/*:refs/remotes/origin/*",
    "bare",
    "# comment",
    "; comment",
    "",
    "1 = x",
  ],
  ...['[remote "origin"', '[include]\n\tpath = x"', "key-x = 1", "key_x = 1", "= x", "url"],
] as const;

const VALUES = [
  ...["https://host/acme/shop.git", "git@host:acme/shop", "/srv/x", "a b", '"a b"', '"a # b"'],
  ...[
    '"a;b" c',
    "",
    '""',
    "a\\\\b",
    '\\"a\\"',
    "a\\\nb",
    "a\\nb",
    "a\\x",
    '"open',
    "'a'",
    "é日本",
  ],
] as const;

function generate(random: Random): string {
  let text = random.oneOf(["", "", "", "\ufeff"]);
  for (let count = 1 + random.below(7); count > 0; count--) {
    text += random.below(3) === 0 ? assignment(random) : random.oneOf(LINES);
    text += random.oneOf(["\n", "\n", "\n", "\r\n", " ", "\n\n", "\t\n"]);
  }
  return text;
}

function assignment(random: Random): string {
  const key = random.oneOf(["url", "url", "url", "URL", "Url ", "pushurl", "\turl\t"]);
  const comment = random.oneOf(["", "", " # c", " ; c", "#c", ";c", "  "]);
  return `${key}${random.oneOf([" = ", "=", "= ", "  =\t"])}${random.oneOf(VALUES)}${comment}`;
}

Deno.test({
  name: "the origin is the one that git fetches from (needs git)",
  ignore: lacks("git"),
  fn: async () => {
    const random = new Random(20_261_125);
    const texts = Array.from({ length: FILES }, () => generate(random));
    using temporary = new TemporaryFolder();
    const folder = temporary.path;
    for (const [index, text] of texts.entries()) {
      Deno.writeTextFileSync(join(folder, `${index}`), text);
    }
    const script = `i=0; while [ $i -lt ${FILES} ]; do ` +
      "git config --file $i --null --get-all remote.origin.url 2>&-; " +
      "printf 'end %s\\0' $?; i=$((i + 1)); done";
    const { stdout } = await outputOf("sh", { args: ["-c", script], cwd: folder });
    const answers = new TextDecoder().decode(stdout).split(/end \d+\0/).slice(0, -1);
    assertEquals(answers.length, FILES);
    let found = 0;
    for (const [index, text] of texts.entries()) {
      // A key without a value, and one with an empty one, name no place.
      const first = answers[index]?.split("\0").find((url) => url !== "");
      // Before 2.45, git makes a space of every tab inside a value.
      const plain = (url?: string): string | undefined => url?.replaceAll("\t", " ");
      assertEquals([text, plain(originUrl(text))], [text, plain(first)]);
      if (first !== undefined) found++;
    }
    assert(found > FILES / 20);
    figure("git configurations", { files: FILES, "with an origin": found });
  },
});

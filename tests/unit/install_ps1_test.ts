/**
 * What `install.ps1` decides, in a real PowerShell and apart from what it does.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { assertEquals } from "@std/assert";
import { outputOf } from "../support/deadline.ts";
import { FLAGS, INSTALLER } from "../support/powershell_machine.ts";
import { isInstalled } from "../support/real_shells.ts";

const PROBE = fileURLToPath(new URL("../support/probes/decisions.ps1", import.meta.url));

const OURS = "https://github.com/acme/keys";
const THEIRS = "https://mirror.example.com/claude-key";
const EXAMPLE = "https://github.com/OWNER/claude-key/releases";
const SUM = "0123456789abcdef".repeat(4);
const OTHER_SUM = "f".repeat(64);

function problem(error: string, ...hints: string[]): unknown {
  return { error, hints };
}

const NO_ADDRESS = problem("CLAUDE_KEY_RELEASES is no plain http or https address");

function wanted(version: string): string {
  return `(Get-Wanted '${version}' '${OURS}/releases')`;
}

function found(lines: readonly string[], version: string, platform = "windows-x64"): string {
  const text = lines.map((line) => `'${line}'`).join(", ");
  return `Find-Archive @(${text}) '${platform}' ${wanted(version)}`;
}

const LINES = [
  `${OTHER_SUM}  claude-key-1.2.3-linux-x64.tar.gz`,
  `${OTHER_SUM}  claude-key-1.2.3-windows-x64.exe`,
  `${SUM}  claude-key-1.2.3-windows-x64.zip`,
  `${OTHER_SUM}  claude-key-1.2.3-windows-arm64.zip`,
];

const FOUND = {
  Version: "1.2.3",
  Name: "claude-key-1.2.3-windows-x64",
  Url: `${OURS}/releases/download/v1.2.3/claude-key-1.2.3-windows-x64.zip`,
  Sha256: SUM,
};

function redirect(from: string, location: string): string {
  return `(Resolve-Redirect '${from}' '${location}').AbsoluteUri`;
}

/** Each decision with what comes of it. */
const DECISIONS: readonly (readonly [expression: string, expected: unknown])[] = [
  // Where releases lie.
  [
    "Get-Releases '' ''",
    problem(
      "this install.ps1 is not from a release and does not know where releases lie",
      `take the one that is part of a release: ${EXAMPLE}/latest/download/install.ps1`,
      `or name the place: $env:CLAUDE_KEY_RELEASES = '${EXAMPLE}'`,
    ),
  ],
  [`Get-Releases '' '${OURS}'`, `${OURS}/releases`],
  [`Get-Releases '${THEIRS}' '${OURS}'`, THEIRS],
  [`Get-Releases '${THEIRS}/' ''`, THEIRS],
  ["Get-Releases 'http://127.0.0.1:8080/x' ''", "http://127.0.0.1:8080/x"],
  ["Get-Releases 'ftp://127.0.0.1/x' ''", NO_ADDRESS],
  ["Get-Releases 'C:\\releases' ''", NO_ADDRESS],
  ["Get-Releases 'https://ada:hunter2@127.0.0.1/x' ''", NO_ADDRESS],
  [`Get-Releases "${THEIRS}\`n" ''`, NO_ADDRESS],

  // For which machine.
  ["Get-Platform 'AMD64' 'x'", "windows-x64"],
  ["Get-Platform 'ARM64' 'x'", "windows-arm64"],
  [
    `Get-Platform 'x86' '${THEIRS}'`,
    problem('there is no release for "x86" machines', `see ${THEIRS}`),
  ],
  [`Get-Platform '' 'x'`, problem('there is no release for "" machines', "see x")],

  // Which release.
  [`${wanted("")}.From`, `${OURS}/releases/latest/download`],
  [`${wanted("")}.Title`, "the latest release"],
  [`${wanted("1.2.3-rc.1")}.From`, `${OURS}/releases/download/v1.2.3-rc.1`],
  [`${wanted("v1.2.3")}.Title`, "release 1.2.3"],
  [wanted("../x"), problem('"../x" is no version', `see ${OURS}/releases`)],
  [wanted("1 2"), problem('"1 2" is no version', `see ${OURS}/releases`)],

  // Which archive, with which checksum.
  [found(LINES, ""), FOUND],
  [found(LINES, "1.2.3"), FOUND],
  [
    found(LINES, "1.2.4"),
    problem("release 1.2.4 holds version 1.2.3", `see ${OURS}/releases`),
  ],
  [
    found(LINES, "", "windows-mips"),
    problem("the latest release has no archive for windows-mips", `see ${OURS}/releases`),
  ],
  [
    found([...LINES, `${OTHER_SUM}  claude-key-1.2.4-windows-x64.zip`], ""),
    problem("the latest release has no archive for windows-x64", `see ${OURS}/releases`),
  ],
  [
    found([`${SUM}  ../claude-key-1.2.3-windows-x64.zip`, `x${LINES[2]}`, "<html>"], ""),
    problem("the latest release has no archive for windows-x64", `see ${OURS}/releases`),
  ],
  [
    found([], ""),
    problem("the latest release has no archive for windows-x64", `see ${OURS}/releases`),
  ],
  [`Test-Checksum (${found(LINES, "")}) '${SUM.toUpperCase()}'`, null],
  [
    `Test-Checksum (${found(LINES, "")}) '${OTHER_SUM.toUpperCase()}'`,
    problem(
      "claude-key-1.2.3-windows-x64.zip does not have its checksum; it was not installed",
      `expected ${SUM}`,
      `but it is ${OTHER_SUM}`,
      "try again; if it happens twice, report it as SECURITY.md says",
    ),
  ],
  [
    `Test-Checksum (${found(LINES, "")}) ''`,
    problem(
      "claude-key-1.2.3-windows-x64.zip does not have its checksum; it was not installed",
      `expected ${SUM}`,
      "but it is ",
      "try again; if it happens twice, report it as SECURITY.md says",
    ),
  ],

  // Where to go on to.
  [redirect("https://a.example/b/c", "https://d.example/e?f=g"), "https://d.example/e?f=g"],
  [redirect("https://a.example/b/c", "/d"), "https://a.example/d"],
  [redirect("https://a.example/b/c", "d"), "https://a.example/b/d"],
  [redirect("https://a.example/b", "//d.example/e"), "https://d.example/e"],
  [redirect("HTTPS://a.example/b", "HTTPS://d.example/e"), "https://d.example/e"],
  [redirect("http://a.example/b", "https://d.example/e"), "https://d.example/e"],
  [redirect("http://a.example/b", "/d"), "http://a.example/d"],
  ...["http://d.example/e", "HTTP://a.example/", "ftp://d.example/e", "file:///etc/passwd"].map(
    (location) =>
      [
        redirect("https://a.example/b", location),
        problem("redirected to what is not https"),
      ] as const,
  ),
  [
    redirect("http://a.example/b", "file:///etc/passwd"),
    problem("redirected to what is not https"),
  ],
  [redirect("https://a.example/b", ""), problem("redirected to nowhere")],

  // What the PATH becomes; nothing where the folder is on it.
  ["Get-NewPath '' 'C:\\k'", "C:\\k"],
  ["Get-NewPath 'C:\\a;%X%\\b;;C:\\c d' 'C:\\k'", "C:\\k;C:\\a;%X%\\b;C:\\c d"],
  ["Get-NewPath 'C:\\a;c:\\K\\;C:\\b' 'C:\\k'", null],
  ["Get-NewPath 'C:\\a;\"C:\\k\"' 'C:\\k\\'", null],
  ["$env:CLAUDE_KEY_TEST = 'C:\\k'; Get-NewPath '%CLAUDE_KEY_TEST%\\bin' 'C:\\k\\bin'", null],
  ["Get-NewPath 'C:\\kk;C:\\k\\k' 'C:\\k'", "C:\\k;C:\\kk;C:\\k\\k"],

  // Which versions of TLS: 1.2 where there are some, and as the system says where it does.
  ["[int] (Get-Protocols 'Tls')", 0xc0 + 0xc00],
  ["[int] (Get-Protocols 'Tls12')", 0xc00],
  ["[int] (Get-Protocols 'SystemDefault')", 0],
];

for (const shell of ["pwsh", "powershell"]) {
  const options = { ignore: !isInstalled(shell) };
  const run = async (expressions: readonly string[]) => {
    const { stdout, stderr } = await outputOf(shell, {
      args: [...FLAGS, "-File", PROBE],
      env: { SCRIPT: INSTALLER, EXPRESSIONS: JSON.stringify(expressions), NO_COLOR: "1" },
    });
    const decoder = new TextDecoder();
    assertEquals(decoder.decode(stderr), "");
    return decoder.decode(stdout).trim().split(/\r?\n/).map((line) => JSON.parse(line || "null"));
  };

  Deno.test({
    ...options,
    name: `install.ps1 decides well with ${shell}`,
    fn: async () => {
      const expressions = DECISIONS.map(([expression]) => expression);
      const [_uses, ...values] = await run(expressions);
      const actual = expressions.map((expression, index) => [expression, values[index]]);
      assertEquals(actual, DECISIONS.map(([expression, expected]) => [expression, expected]));
    },
  });

  Deno.test({
    ...options,
    name: `what decides in install.ps1 does nothing, as ${shell} sees it`,
    fn: async () => {
      const text = Deno.readTextFileSync(INSTALLER);
      const [deciding = ""] = text.split("# Then what does.");
      const names = Array.from(
        deciding.matchAll(/^ *function ([\w-]+)/gm),
        ([, name = ""]) => name,
      );
      assertEquals(names.length, 9);
      const [uses] = await run([]);
      for (const name of names) {
        const others = uses[name].filter((used: string) =>
          !["New-Problem", "Where-Object"].includes(used)
        );
        assertEquals([name, others], [name, []]);
      }
    },
  });
}

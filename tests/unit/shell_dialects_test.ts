import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { Failure } from "../../lib/failure/failure.ts";
import { loginShell } from "../../lib/setup/login_shell.ts";
import { defaultShell } from "../../lib/shells/default_shell.ts";
import { loadDialect } from "../../lib/shells/dialects.ts";
import { FORMATS, SHELLS } from "../../lib/shells/names.ts";
import { EVALUATION_LINES } from "../../lib/shells/evaluation_lines.ts";
import { inBatchFile } from "../support/real_shells.ts";

const VALUE = String.raw`it's "$HOME" \ !`;

const RENDERED = {
  posix: String.raw`export A='it'\''s "$HOME" \ !';`,
  bash: String.raw`export A='it'\''s "$HOME" \ !';`,
  zsh: String.raw`export A='it'\''s "$HOME" \ !';`,
  fish: String.raw`set -gx A 'it\'s "$HOME" \\ !';`,
  pwsh: String.raw`$env:A = 'it''s "$HOME" \ !';`,
  csh: String.raw`setenv A it\'s\ \"\$HOME\"\ \\\ \!;`,
  elvish: String.raw`set-env A 'it''s "$HOME" \ !';`,
  nu: String.raw`{"A":"it's \"$HOME\" \\ !"}`,
  xonsh: String.raw`$A = "it's \"$HOME\" \\ !";`,
} as const;

for (const [shell, text] of Object.entries(RENDERED) as [keyof typeof RENDERED, string][]) {
  Deno.test(`${shell} is given ${text}`, async () => {
    const { render } = await loadDialect(shell);
    assertEquals(render(new Map([["A", VALUE]])), `${text}\n`);
  });
}

Deno.test("each shell that is shown here can be asked for, and each format", () => {
  assertEquals(SHELLS.toSorted(), [...Object.keys(RENDERED), "cmd"].sort());
  assertEquals(FORMATS.toSorted(), ["dotenv", "json"]);
});

Deno.test("cmd is given the value as it is", async () => {
  const { render } = await loadDialect("cmd");
  assertEquals(render(new Map([["A", '50% "a" & ^b']])), 'set "A=50% "a" & ^b"\n');
});

Deno.test("PowerShell is given an empty value", async () => {
  const { render } = await loadDialect("pwsh");
  assertEquals(render(new Map([["A", ""]])), "$env:A = '';\n");
});

Deno.test("a second variable has a line of its own, in the order given", async () => {
  const variables = new Map([["B", "1"], ["A", "2"]]);
  assertEquals((await loadDialect("posix")).render(variables), "export B='1';\nexport A='2';\n");
  assertEquals((await loadDialect("nu")).render(variables), '{"B":"1","A":"2"}\n');
  assertEquals((await loadDialect("json")).render(variables), '{\n  "B": "1",\n  "A": "2"\n}\n');
  assertEquals((await loadDialect("dotenv")).render(variables), "B=1\nA=2\n");
});

Deno.test("no variables at all are an empty text, or an empty object", async () => {
  assertEquals((await loadDialect("posix")).render(new Map()), "");
  assertEquals((await loadDialect("nu")).render(new Map()), "{}\n");
  assertEquals((await loadDialect("json")).render(new Map()), "{}\n");
});

for (const name of [...SHELLS, "dotenv"] as const) {
  Deno.test(`${name} refuses what is not text, and does not show it`, async () => {
    const { render } = await loadDialect(name);
    for (const value of ["sk-\0", "sk-\r", "sk-\x1b[2J", "sk-\x7f", "sk-\x85", "sk-\ud800"]) {
      const failure = assertThrows(() => render(new Map([["A", value]])), Failure, '"A"');
      assertEquals(failure.kind, "other");
      assertEquals(failure.hints.length, 1);
      assert(![failure.message, ...failure.hints].join().includes("sk-"));
    }
  });
}

const REFUSED = [
  ["csh", "A", "sk-1\n", "line break"],
  ["csh", "A", `sk-1${"é".repeat(2_000)}`, "not ASCII"],
  ["pwsh", "A", "k".repeat(32_767), "32766"],
  ["cmd", "A", "", "is empty"],
  ["cmd", "A", "sk-1\n", "line break"],
  ["cmd", "A", "sk-1!", "delayed expansion"],
  ["cmd", "A", "sk-1é", "ASCII"],
  ["cmd", "A", "sk-1\t", "ASCII"],
  ["cmd", "A", "k".repeat(8_000), "too long"],
  ["xonsh", "A_PATH", "~/bin", "list of paths"],
  ["xonsh", "A_DIRS", "$HOME", "list of paths"],
  ["xonsh", "A_PATH", "%HOME%", "list of paths"],
] as const;

for (const [shell, name, value, reason] of REFUSED) {
  const shown = JSON.stringify(value.slice(0, 8));
  Deno.test(`${shell} refuses ${shown} of ${value.length} characters for ${name}`, async () => {
    const { render } = await loadDialect(shell);
    const failure = assertThrows(() => render(new Map([[name, value]])), Failure, `"${name}"`);
    assertStringIncludes(failure.message, reason);
    assert(value === "" || ![failure.message, ...failure.hints].join().includes(value));
  });
}

Deno.test("what csh refuses beyond ASCII it refuses for the text as a whole", async () => {
  const { render } = await loadDialect("csh");
  const long = "é".repeat(1_500);
  render(new Map([["A", long]]));
  const both = new Map([["X", "ascii"], ["A", long], ["B", long]]);
  assertThrows(() => render(both), Failure, '"A"');
});

Deno.test("csh is given text beyond ASCII of 4,000 bytes, and of no more", async () => {
  const { render } = await loadDialect("csh");
  const rendered = (count: number): string => render(new Map([["A", `é${"k".repeat(count)}`]]));
  const room = 4_000 - new TextEncoder().encode(rendered(0)).length;
  rendered(room);
  assertThrows(() => rendered(room + 1), Failure, '"A"');
});

Deno.test("every shell has a line to type that names it, and one that starts claude", () => {
  for (const shell of SHELLS) {
    const { line, start } = EVALUATION_LINES[shell];
    const posix = ["posix", "bash", "zsh"].includes(shell);
    assertStringIncludes(line, posix ? "claude-key env" : `claude-key env --shell ${shell}`);
    assertStringIncludes(start, line);
    assertStringIncludes(start.slice(start.indexOf(line) + line.length), "claude");
  }
});

Deno.test("the line for a batch file doubles the percent sign", () => {
  assertEquals(
    inBatchFile(EVALUATION_LINES.cmd.line),
    `for /f "delims=" %%i in ('claude-key env --shell cmd ^|^| echo set no-key') do @%%i`,
  );
});

Deno.test("every shell fails with a statement of one line, and a format with nothing", async () => {
  for (const name of SHELLS) {
    const { failure } = await loadDialect(name);
    assertEquals(failure.indexOf("\n"), failure.length - 1);
    assert(failure.length > 1);
  }
  for (const name of FORMATS) assertEquals((await loadDialect(name)).failure, "");
});

const DEFAULTS = [
  ["linux", {}, "posix"],
  ["linux", { SHELL: "/usr/bin/fish" }, "posix"],
  ["darwin", { SHELL: "/bin/zsh" }, "posix"],
  ["windows", {}, "pwsh"],
  ["windows", { MSYSTEM: "", SHELL: "" }, "pwsh"],
  ["windows", { MSYSTEM: "MINGW64" }, "posix"],
  ["windows", { SHELL: "/usr/bin/bash" }, "posix"],
  ["windows", { SHELL: "C:\\Program Files\\Git\\bin\\bash.exe" }, "posix"],
  ...["sh", "zsh", "dash", "ash", "ksh", "mksh", "yash", "ZSH.EXE"].map((shell) => {
    return ["windows", { SHELL: shell }, "posix"] as const;
  }),
  ["windows", { SHELL: "C:\\Program Files\\xonsh" }, "pwsh"],
  ["windows", { SHELL: "C:\\bash\\other.exe" }, "pwsh"],
  ["windows", { SHELL: "C:\\Program Files\\nu\\nu.exe" }, "pwsh"],
  ["windows", { SHELL: "C:\\Program Files\\PowerShell\\7\\pwsh.exe" }, "pwsh"],
  ["windows", { SHELL: "/usr/bin/fish" }, "pwsh"],
] as const;

for (const [os, variables, expected] of DEFAULTS) {
  Deno.test(`on ${os} with ${JSON.stringify(variables)} the default is ${expected}`, () => {
    const lookup = (name: string): string | undefined =>
      new Map(Object.entries(variables)).get(name);
    assertEquals(defaultShell(os, lookup), expected);
  });
}

Deno.test("the set-up ends with the line for the shell that somebody logs in to", () => {
  for (
    const [os, shell, expected] of [
      ["linux", "/bin/bash", "bash"],
      ["darwin", "/bin/zsh", "zsh"],
      ["linux", "/usr/bin/fish", "fish"],
      ["linux", "/usr/local/bin/nu", "nu"],
      ["linux", "/bin/tcsh", "csh"],
      ["linux", "/bin/csh", "csh"],
      ["linux", "/bin/dash", "posix"],
      ["linux", "/usr/bin/fish-like", "posix"],
      ["linux", undefined, "posix"],
      ["windows", "C:\\Program Files\\Git\\bin\\bash.exe", "bash"],
      ["windows", "C:\\Program Files\\nu\\nu.exe", "nu"],
      ["windows", undefined, "pwsh"],
    ] as const
  ) {
    assertEquals(loginShell(os, (name) => name === "SHELL" ? shell : undefined), expected, shell);
  }
});

/**
 * PowerShell and cmd, as far as they matter here, as small models: the real ones run where they
 * are installed (`shells_test.ts`).
 *
 * @module
 */

import { assert, assertEquals, assertThrows } from "@std/assert";
import { resolveConfiguration } from "../../lib/configuration/configuration.ts";
import { appendSettingCommand } from "../../lib/configuration/append_setting.ts";
import { setShellAtHand } from "../../lib/text/shell_at_hand.ts";
import { Failure } from "../../lib/failure/failure.ts";
import { Settings } from "../../lib/configuration/settings.ts";
import { completions } from "../../lib/completions/pwsh.ts";
import { integration } from "../../lib/integration/pwsh.ts";
import { STARTUP_LINES } from "../../lib/integration/startup_lines.ts";
import { loadDialect } from "../../lib/shells/dialects.ts";
import { EVALUATION_LINES } from "../../lib/shells/evaluation_lines.ts";
import {
  appendCommand,
  exportCommand,
  makeFolderCommand,
  signInCommand,
  unsetCommand,
} from "../../lib/text/typed_commands.ts";
import { isInstalled } from "../support/real_shells.ts";
import { SEED, shellValues } from "../support/shell_values.ts";
import { lackingInWindowsPowerShell } from "../support/windows_powershell.ts";

const QUOTES = "'‘’‚‛";

/** What PowerShell assigns when it is given a text through `Out-String | Invoke-Expression`. */
function powerShell(text: string): Map<string, string> {
  // A program's output is decoded with the code page of the console, and its newlines change.
  const decoded = text.replace(/[^\0-\x7F]/g, "?").replaceAll("\n", "\r\n");
  const variables = new Map<string, string>();
  let rest = decoded;
  while (rest !== "") {
    const start = /^\$env:(\w+) = (\[regex\]::Unescape\()?(?=')/.exec(rest);
    assert(start !== null, `no assignment: ${rest}`);
    const [matched, name = "", unescape] = start;
    const [string, length] = singleQuoted(rest.slice(matched.length));
    const end = unescape ? ");\r\n" : ";\r\n";
    rest = rest.slice(matched.length + length);
    assert(rest.startsWith(end), `no end: ${rest}`);
    rest = rest.slice(end.length);
    variables.set(name, unescape ? regexUnescape(string) : string);
  }
  return variables;
}

/** Reads a string in single quotes: its content, and how long it was. */
function singleQuoted(source: string): [string, number] {
  let content = "";
  for (let index = 1; index < source.length; index++) {
    const character = source.charAt(index);
    if (QUOTES.includes(character) && !QUOTES.includes(source.charAt(++index) || " ")) {
      return [content, index];
    }
    content += character;
  }
  throw new Error(`a string without end: ${source}`);
}

/** `[regex]::Unescape` of .NET, which throws for escapes that it does not know. */
function regexUnescape(text: string): string {
  return text.replace(/\\(u[0-9a-fA-F]{4}|[^\w])?/g, (_, escape?: string) => {
    if (escape === undefined) throw new Error(`an unknown escape: ${text}`);
    return escape.length === 1 ? escape : String.fromCharCode(parseInt(escape.slice(1), 16));
  });
}

/** What cmd assigns when `for /f "delims=" %i in (…) do %i` reads a text. */
function cmd(text: string): Map<string, string> {
  const variables = new Map<string, string>();
  for (const line of text.split("\n")) {
    if (line === "" || line.startsWith(";")) continue;
    assert(line.length < 8_191, "longer than a line can be");
    assert(!/[^ -~]/.test(line), "not the same in every code page");
    assert(!line.includes("!"), "altered by delayed expansion");
    const [, name = "", value = ""] = /^set "([^=]+)=(.*)"[^"]*$/.exec(line) ?? [];
    if (value === "") variables.delete(name);
    else variables.set(name, value);
  }
  return variables;
}

Deno.test("the model of PowerShell knows its quotes", () => {
  assertEquals(powerShell("$env:A = 'a''b';\n"), new Map([["A", "a'b"]]));
  assertThrows(() => powerShell("$env:A = 'a'b';\n"));
  assertEquals(singleQuoted("'a’; b"), ["a", 3]);
  assertEquals(singleQuoted("'a’’b'"), ["a’b", 6]);
});

Deno.test("PowerShell ends up with every value, in any code page", async () => {
  const { render } = await loadDialect("pwsh");
  const values = shellValues(2_000, () => true);
  const variables = new Map(values.map((value, index) => [`V${index}`, value]));
  assertEquals(powerShell(render(variables)), variables, `SHELL_VALUES_SEED=${SEED}`);
});

Deno.test("cmd ends up with every value of printable ASCII without exclamation marks", async () => {
  const { render } = await loadDialect("cmd");
  const values = shellValues(2_000, (value) => /^[ "-~]+$/.test(value) && value.length < 7_900);
  const variables = new Map(values.map((value, index) => [`V${index}`, value]));
  assertEquals(cmd(render(variables)), variables, `SHELL_VALUES_SEED=${SEED}`);
});

Deno.test("what Windows users are told to type makes no UTF-16 of their configuration", () => {
  const shownPath = String.raw`C:\Users\Ada Byron\AppData\Roaming\claude\local.env`;
  const file = { path: shownPath, shownPath, entries: new Map() };
  setShellAtHand("pwsh");
  try {
    const { hints } = assertThrows(
      () => resolveConfiguration(new Settings({}, () => undefined, file)),
      Failure,
    );
    assertEquals(hints.slice(1), [
      String.raw`mkdir -Force 'C:\Users\Ada Byron\AppData\Roaming\claude'`,
      `Add-Content '${shownPath}' 'OP_ITEM="op://Vault/Item"'`,
      `Add-Content '${shownPath}' 'LITELLM_BASE_URL="https://litellm.example.com"'`,
    ]);
    assertEquals(
      appendSettingCommand("OP_ACCOUNT", "team.1password.com", undefined),
      "$env:OP_ACCOUNT = 'team.1password.com'",
    );
  } finally {
    setShellAtHand("posix");
  }
});

Deno.test({
  name: "Windows PowerShell lacks nothing of what claude-key prints for PowerShell",
  ignore: !isInstalled("pwsh"),
  fn: async () => {
    const { render, failure } = await loadDialect("pwsh");
    const values = shellValues(200, (value) => value.length < 1_000);
    const texts = [
      render(new Map(values.map((value, index) => [`V${index}`, value]))),
      failure,
      EVALUATION_LINES.pwsh.line,
      EVALUATION_LINES.pwsh.start,
      STARTUP_LINES.pwsh.line,
      integration.define({ name: "claude", program: "C:\\Program Files\\J\u00f6rg\\claude.exe" }),
      completions(),
      appendCommand("C:\\a b\\local.env", 'A="b"', "pwsh"),
      exportCommand("A", "it's", "pwsh"),
      makeFolderCommand("C:\\a b", "pwsh"),
      signInCommand("pwsh"),
      unsetCommand(["A", "B"], "pwsh"),
    ];
    assertEquals(await lackingInWindowsPowerShell(texts.join("\n")), []);
  },
});

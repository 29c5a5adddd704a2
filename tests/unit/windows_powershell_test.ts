import { assertEquals } from "@std/assert";
import { isInstalled } from "../support/real_shells.ts";
import { lackingInWindowsPowerShell } from "../support/windows_powershell.ts";

/** What only PowerShell 7 takes, a line each, and what is said of it. */
const LATER: readonly (readonly [line: string, what: string])[] = [
  ["claude-key env && claude", "&& and || between commands"],
  ["claude-key env || claude", "&& and || between commands"],
  ["$a ?? 'b'", "??"],
  ["$a ??= 'b'", "??="],
  ["${a}?.Length", "?."],
  ["${a}?.Trim()", "?."],
  ["${a}?[0]", "?[]"],
  ["$a ? 1 : 2", "the ternary operator"],
  ['"in $(${a}?.b) a string"', "?."],
  ["claude &", "& behind a command"],
  ["function f { end {} clean {} }", "a clean block"],
  ['"`e[1m"', "the escape `e"],
  ['"``e `u{1F511}"', "the escape `u"],
  ["$a = 0b101", "the number 0b101"],
  ["$a = 10uy", "the number 10uy"],
  ["'a'..'c'", "a range of letters"],
  ["$a -replace 'b', { 'c' }", "-replace by a script block"],
  ["if ($IsWindows) { claude }", "the variable $IsWindows"],
  ['"$PSStyle"', "the variable $PSStyle"],
  ["Set-Content a b -Encoding utf8NoBOM", "the encoding utf8NoBOM"],
  ["gc a -Enc ansi", "the encoding ansi"],
  ["Get-Content a -AsByteStream", "the parameter -AsByteStream of Get-Content"],
  ["1 | % -Parallel { $_ }", "the parameter -Parallel of ForEach-Object"],
  ["Get-Item a -Nonsense", "the parameter -Nonsense of Get-Item"],
  ["'a' | Join-String", "the command Join-String"],
  ["Join-Path a b c", "Join-Path of more than two parts"],
  ["Invoke-WebRequest https://localhost", "Invoke-WebRequest without -UseBasicParsing"],
  ["iwr https://localhost", "Invoke-WebRequest without -UseBasicParsing"],
  ["curl https://localhost", "curl, an alias of Invoke-WebRequest"],
  ["'a' >> b", "a redirection to a file, which writes UTF-16"],
  ["'a' | Out-File b", "Out-File without -Encoding, which writes UTF-16"],
  ["[Convert]::ToHexString($a)", "[Convert]::ToHexString"],
  ["[semver] '1.0.0'", "the type [semver]"],
  ["[System.Text.Json.JsonDocument] $a", "the type [Text.Json.JsonDocument]"],
  ["'ü'", "a character that is not ASCII"],
];

/** What both take. */
const COMMON = `
if ($PSVersionTable.PSVersion.Major -ge 6 -and -not $IsWindows) { throw 'not for this system' }
if ($PSVersionTable.PSEdition -eq 'Core') { "$IsLinux" }
$PSNativeCommandUseErrorActionPreference = $false
claude-key env --shell pwsh | Out-String | Invoke-Expression; claude
Add-Content -LiteralPath 'a' -Value 'b' -Encoding UTF8
Invoke-WebRequest -Uri 'https://localhost' -OutFile 'a' -UseBasicParsing 2> $null
Get-ChildItem |
    Where-Object { $_.Name -match 'a' } | ForEach-Object { "\`"$($_.Name)\`"" }
$a = @(1..3) + 0x1F + 10MB + 1.5d
[Environment]::SetEnvironmentVariable('A', $null, 'User')
$list = [System.Collections.Generic.List[string]]::new()
function Join-String([string] $a) { $a }
Join-String 'a'
`;

const options = { ignore: !isInstalled("pwsh") };

Deno.test({
  ...options,
  name: "what Windows PowerShell lacks of a script is named line by line",
  fn: async () => {
    const script = LATER.map(([line]) => line).join("\n");
    const expected = LATER.map(([, what], index) => `line ${index + 1}: ${what}`);
    assertEquals(await lackingInWindowsPowerShell(script), expected);
  },
});

Deno.test({
  ...options,
  name: "a line that begins with a pipe, a later version asked for, and what is no script, too",
  fn: async () => {
    const pipe = await lackingInWindowsPowerShell("Get-Item a\n# and then\n| Out-Null\n");
    assertEquals(pipe, ["line 3: a line that begins with |"]);
    const version = await lackingInWindowsPowerShell("#requires -Version 7.0\n'a'\n");
    assertEquals(version, ["line 1: #requires -Version 7.0"]);
    const [broken = ""] = await lackingInWindowsPowerShell("if ($a {\n");
    assertEquals(broken.startsWith("line 1: it is no script: "), true, broken);
  },
});

Deno.test({
  ...options,
  name: "Windows PowerShell lacks nothing of what both versions have",
  fn: async () => assertEquals(await lackingInWindowsPowerShell(COMMON), []),
});

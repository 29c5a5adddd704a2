import { assertEquals } from "@std/assert";
import { pathWord, shellWord } from "../../lib/text/shell_word.ts";
import {
  appendCommand,
  exportCommand,
  findProgramCommand,
  letAllReadCommand,
  letMeCommand,
  listFolderCommand,
  makeFolderCommand,
  moveCommand,
  showFileCommand,
  showRightsCommand,
  showRoomCommand,
  signInCommand,
  unsetCommand,
} from "../../lib/text/typed_commands.ts";

Deno.test("a command in a hint is one of the shell at hand", () => {
  const cases = [
    [unsetCommand(["A"], "posix"), "unset A"],
    [unsetCommand(["A", "B"], "pwsh"), "Remove-Item Env:A, Env:B"],
    [exportCommand("A", "it's", "posix"), String.raw`export A='it'\''s'`],
    [exportCommand("A", "it's", "pwsh"), "$env:A = 'it''s'"],
    [makeFolderCommand("~/my cache", "posix"), "mkdir -p ~/'my cache'"],
    [makeFolderCommand("C:\\my cache", "pwsh"), "mkdir -Force 'C:\\my cache'"],
    [signInCommand("posix"), 'eval "$(op signin)"'],
    [signInCommand("pwsh"), "Invoke-Expression $(op signin)"],
    [appendCommand("~/f", 'A="$(b)"', "posix"), `echo 'A="$(b)"' >> ~/f`],
    [appendCommand("C:\\f", 'A="$(b)"', "pwsh"), `Add-Content C:\\f 'A="$(b)"'`],
    [showFileCommand("~/f", "posix"), "less ~/f"],
    [showFileCommand("C:\\f", "pwsh"), "Get-Content C:\\f"],
    [showFileCommand("C:\\[f]", "pwsh"), "Get-Content -LiteralPath 'C:\\[f]'"],
    [listFolderCommand("~/my cache", "posix"), "ls -la ~/'my cache'"],
    [listFolderCommand("C:\\my cache", "pwsh"), "Get-ChildItem -Force 'C:\\my cache'"],
    [showRightsCommand("~/f", "posix"), "ls -ld ~/f"],
    [showRightsCommand("C:\\f", "pwsh"), "icacls C:\\f"],
    [letMeCommand("~/f", "file", "posix"), "chmod u+r ~/f"],
    [letMeCommand("C:\\f", "file", "pwsh"), 'icacls C:\\f /grant "${env:USERNAME}:R"'],
    [letAllReadCommand("/etc/f", "posix"), "sudo chmod a+r /etc/f"],
    [letAllReadCommand("C:\\f", "pwsh"), 'icacls C:\\f /grant "*S-1-5-32-545:R"'],
    [letMeCommand("~/f", "folder", "posix"), "chmod u+rwx ~/f"],
    [letMeCommand("C:\\f", "folder", "pwsh"), 'icacls C:\\f /grant "${env:USERNAME}:(OI)(CI)F"'],
    [moveCommand("~/f", "~/f.old", "posix"), "mv ~/f ~/f.old"],
    [moveCommand("C:\\f", "C:\\f.old", "pwsh"), "Move-Item C:\\f C:\\f.old"],
    [showRoomCommand("~/f", "posix"), "df -h ~/f"],
    [showRoomCommand("C:\\f", "pwsh"), "Get-PSDrive -PSProvider FileSystem"],
    [findProgramCommand("op", "posix"), "command -v op"],
    [findProgramCommand("op", "pwsh"), "Get-Command op"],
  ];
  for (const [written, expected] of cases) assertEquals(written, expected);
});

Deno.test("a word keeps nothing that its shell would expand", () => {
  const words = [
    ["op://Work/litellm", "op://Work/litellm", "op://Work/litellm"],
    ["API Key", "'API Key'", "'API Key'"],
    ["", "''", "''"],
    ["=ls", "'=ls'", "'=ls'"],
    ["~root", "'~root'", "'~root'"],
    ["a\\b", "'a\\b'", "a\\b"],
    ["--vault=-v", "--vault=-v", "--vault=-v"],
    ["--", "--", "'--'"],
    ["-v:x", "-v:x", "'-v:x'"],
    ["h2; touch y #", "'h2; touch y #'", "'h2; touch y #'"],
    ["J\u00f6rg", "'J\u00f6rg'", "'J\u00f6rg'"],
    ["it’s", "'it’s'", "'it’’s'"],
  ];
  for (const [value = "", posix, pwsh] of words) {
    assertEquals([shellWord(value, "posix"), shellWord(value, "pwsh")], [posix, pwsh]);
  }
});

Deno.test("only the home folder keeps its tilde", () => {
  assertEquals(pathWord("~/a~b", "posix"), "~/'a~b'");
  assertEquals(pathWord("~user/a", "posix"), "'~user/a'");
  assertEquals(pathWord("~/my cache", "pwsh"), "'~/my cache'");
});

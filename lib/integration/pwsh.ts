/**
 * Windows PowerShell 5.1 and PowerShell 7.
 *
 * @module
 */

import { quote } from "../shells/pwsh.ts";
import { DASHED_NAMES, type Integration, type Wrapper } from "./wrapper.ts";

/**
 * Finds the words for the program. A function gets less than what was typed: `--` is dropped, `a,b`
 * is a list, `-n:1` comes in two parts, and in `@args` even `'*'` is a pattern for names of files.
 * So the typed words are taken as they stand, if they are nothing but constants and mean the
 * arguments that came. Otherwise, and in the constrained language mode, which does not allow to
 * look, each argument becomes a string.
 * Sources: about_Functions, about_Parsing, about_Splatting, about_Language_Modes on
 * https://learn.microsoft.com/powershell
 */
const WORDS = String.raw`
    $words = ($args | ForEach-Object { $_ } | Where-Object { $null -ne $_ } |
        ForEach-Object { "'" + ("$_" -replace '[''\u2018-\u201b]', '$0$0') + "'" }) -join ' '
    try {
        $line = $MyInvocation.Line.Substring($MyInvocation.OffsetInLine - 1)
        $parser = [System.Management.Automation.Language.Parser]
        $call = $parser::ParseInput($line, [ref]$null, [ref]$null).Find({
            $args[0].GetType().Name -eq 'CommandAst'
        }, $true)
        $typed = $call.CommandElements | Select-Object -Skip 1
        $constant = '^((String)?ConstantExpression|CommandParameter|ArrayLiteral)Ast$'
        $isOther = { $args[0].GetType().Name -notmatch $constant }
        if (-not ($typed | Where-Object { $_.Find($isOther, $true) })) {
            $text = ($typed | ForEach-Object { $_.Extent.Text }) -join ' '
            $meaning, $problems = ('& { $args } ' + $text), $null
            $null = $parser::ParseInput($meaning, [ref]$null, [ref]$problems)
            if (-not $problems -and "$(@(Invoke-Expression $meaning))" -ceq "$args") { $words = $text }
        }
    } catch { $text = $null }
`;

/**
 * PowerShell has neither subshells nor a way to start a program in the same console with an
 * environment of its own, so each variable is put back when the program ends, also by Ctrl-C. The
 * program sees Ctrl-C as well, and when it ends first, PowerShell stops what puts back: but once,
 * so that is done twice, and one step for each variable cannot leave it without its value.
 * Both programs are looked up first, where functions and aliases do not count: a mistake there
 * asks nobody for an approval. The assignments are read and not evaluated, and no variable holds a
 * value: a trace (`Set-PSDebug`) and the log of script blocks would show them.
 * Sources: about_Try_Catch_Finally, about_Command_Precedence, about_Logging on
 * https://learn.microsoft.com/powershell
 */
function define({ name, program }: Wrapper): string {
  return `# claude-key: runs ${name} with its key, and puts the environment back when it ends
if (Test-Path -LiteralPath Alias:${name}) { Remove-Item -LiteralPath Alias:${name} -Force }
function ${name} {
    $kinds = 'Application', 'ExternalScript'
    $program = Get-Command -Name (${quote(program)}) -CommandType $kinds -ErrorAction Stop |
        Select-Object -First 1
    $claudeKey = Get-Command -Name claude-key -CommandType $kinds -ErrorAction Stop |
        Select-Object -First 1
${WORDS}
    $before = @()
    $putBack = { foreach ($variable in $before) { Set-Item @variable } }
    try {
        & $claudeKey env --shell pwsh | Where-Object {
            $_ -match '^\\$env:(\\w+) = (\\[regex\\]::Unescape\\()?''(.*)''\\)?;$'
        } | ForEach-Object {
            $path = "Env:$($Matches[1])"
            $before += @{
                LiteralPath = $path
                Value = Get-Item -LiteralPath $path -ErrorAction Ignore | ForEach-Object { $_.Value }
            }
            Set-Item -LiteralPath $path -Value $(
                if ($Matches[2]) { [regex]::Unescape(($Matches[3] -replace "''", "'")) }
                else { $Matches[3] -replace "''", "'" }
            )
        }
        if ($before.Count -eq 0 -or $LASTEXITCODE -ne 0) { throw 'claude-key: no key' }
        $lines = $input
        if ($MyInvocation.ExpectingInput) { Invoke-Expression "\`$lines | & \`$program $words" }
        else { Invoke-Expression "& \`$program $words" }
    } finally {
        try { & $putBack } finally { & $putBack }
    }
}
`;
}

/** The function. */
export const integration: Integration = { define, names: DASHED_NAMES };

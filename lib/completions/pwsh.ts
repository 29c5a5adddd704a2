/**
 * Completions for Windows PowerShell 5.1 and PowerShell 7.
 *
 * @module
 */

import { quote } from "../shells/pwsh.ts";
import { type Candidate, type Place, places } from "./places.ts";

/**
 * Writes the completions. A word at the cursor ends there; those before it end earlier. An option
 * and its value may be one word.
 * Source: https://learn.microsoft.com/powershell/module/microsoft.powershell.core/register-argumentcompleter
 *
 * @returns The text to evaluate.
 */
export function completions(): string {
  return `Register-ArgumentCompleter -Native -CommandName claude-key -ScriptBlock {
    param($word, $commandAst, $cursor)
    $before = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursor })
    $command = if ($before.Count -gt 1) { "$($before[1])" } else { '' }
    $previous, $joined = "$($before[-1])", ''
    if ($word -match '^(--[\\w-]+)=(.*)$') {
        $previous, $joined, $word = $Matches[1], "$($Matches[1])=", $Matches[2]
    }
    $candidates = switch ("$command $previous") {
${places().map(branch).join("")}    }
    foreach ($candidate in $candidates) {
        $text, $summary = $candidate -split ' ', 2
        if ($text -like "$word*") {
            [System.Management.Automation.CompletionResult]::new(
                "$joined$text", $text, 'ParameterValue', $summary
            )
        }
    }
}
`;
}

function branch({ command, previous, candidates }: Place): string {
  const condition = command === ""
    ? "{ $command -eq '' }"
    : previous === undefined
    ? `{ $command -eq ${quote(command)} }`
    : quote(`${command} ${previous}`);
  return `        ${condition} {\n${candidates.map(line).join("")}            break\n        }\n`;
}

function line({ text, summary }: Candidate): string {
  return `            ${quote(`${text} ${summary}`)}\n`;
}

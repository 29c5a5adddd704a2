/**
 * Windows PowerShell 5.1 and PowerShell 7.
 *
 * @module
 */

import { quote } from "../shells/pwsh.ts";
import { DASHED_NAMES, type Integration, type Wrapper } from "./wrapper.ts";

/**
 * PowerShell has neither subshells nor a way to start a program in the same console with an
 * environment of its own, so each variable is put back when the program ends, also by Ctrl-C.
 * Both programs are looked up first, where functions and aliases do not count: a mistake there
 * asks nobody for an approval. Only operators and commands are used, which the constrained
 * language mode allows.
 * Sources: about_Try_Catch_Finally, about_Command_Precedence, about_Language_Modes on
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
    $assignments = & $claudeKey env --shell pwsh
    if ($LASTEXITCODE -ne 0) { throw 'claude-key: no key' }
    $variables = $assignments -replace '^\\$env:(\\w+) = .*', 'Env:$1'
    $before = @(Get-Item -LiteralPath $variables -ErrorAction Ignore)
    try {
        $assignments | Invoke-Expression
        if ($MyInvocation.ExpectingInput) { $input | & $program @args } else { & $program @args }
    } finally {
        Remove-Item -LiteralPath $variables -ErrorAction Ignore
        foreach ($variable in $before) {
            Set-Item -LiteralPath "Env:$($variable.Name)" -Value $variable.Value
        }
    }
}
`;
}

/** The function. */
export const integration: Integration = { define, names: DASHED_NAMES };

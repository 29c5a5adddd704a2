# Defines the functions of the script that SCRIPT names, without running it, and evaluates the
# expressions that come in as a list in JSON. Prints a line of JSON for each: its value, or what it
# threw with its hints. A first line tells for each function what it calls and which variables of
# the environment it reads.
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$script = [Management.Automation.Language.Parser]::ParseFile($env:SCRIPT, [ref] $null, [ref] $null)
$functions = $script.FindAll({ $args[0] -is [Management.Automation.Language.FunctionDefinitionAst] }, $true)
$uses = @{}
foreach ($function in $functions) {
    $parts = $function.Body.FindAll({ $true }, $true)
    $uses[$function.Name] = @($parts | ForEach-Object {
            if ($_ -is [Management.Automation.Language.CommandAst]) { "$($_.GetCommandName())" }
            if ($_ -is [Management.Automation.Language.VariableExpressionAst] -and $_.VariablePath.IsDriveQualified) {
                "$($_.VariablePath)"
            }
        } | Sort-Object -Unique)
}
ConvertTo-Json -Compress $uses
. ([scriptblock]::Create((($functions | ForEach-Object { $_.Extent.Text }) -join "`n")))
foreach ($expression in $env:EXPRESSIONS | ConvertFrom-Json) {
    $value = try { & ([scriptblock]::Create($expression)) }
    catch { [pscustomobject] @{ error = $_.Exception.Message; hints = @($_.Exception.Data['hints']) } }
    # Windows PowerShell has no word for nothing.
    if ($null -eq $value) { 'null' } else { ConvertTo-Json -Compress -InputObject $value }
}

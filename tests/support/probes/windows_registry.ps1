# What install.ps1 asks Windows for, where there is none, and where the user's own PATH is not to be
# touched: the processor from PROCESSOR, and the PATH in the file that REGISTRY names, which holds
# its kind and its value, or is not there. Functions come before commands of the same name.

function Get-ItemProperty([string] $LiteralPath) {
    if ($LiteralPath -notlike 'HKLM:\SYSTEM\*\Environment') { throw "not expected: $LiteralPath" }
    [pscustomobject] @{ PROCESSOR_ARCHITECTURE = $env:PROCESSOR }
}

function Get-Item([string] $LiteralPath) {
    if ($LiteralPath -ne 'HKCU:\Environment') { throw "not expected: $LiteralPath" }
    $key = [pscustomobject] @{ Values = @{} }
    if (Test-Path -LiteralPath $env:REGISTRY) {
        $kind, $path = Get-Content -LiteralPath $env:REGISTRY
        $key.Values['Path'] = [pscustomobject] @{ Kind = $kind; Value = $path }
    }
    $key | Add-Member -MemberType ScriptMethod -Name GetValueNames -Value { @($this.Values.Keys) }
    $key | Add-Member -MemberType ScriptMethod -Name GetValueKind -Value {
        $this.Values[$args[0]].Kind
    }
    $key | Add-Member -MemberType ScriptMethod -Name GetValue -Value {
        if ($args[2] -ne 'DoNotExpandEnvironmentNames') { throw 'the variables would be lost' }
        if ($this.Values[$args[0]]) { $this.Values[$args[0]].Value } else { $args[1] }
    }
    $key
}

function New-ItemProperty {
    param([string] $LiteralPath, [string] $Name, [string] $Value, $PropertyType, [switch] $Force)
    if ("$LiteralPath $Name $Force" -ne 'HKCU:\Environment Path True') { throw 'not expected' }
    Set-Content -LiteralPath $env:REGISTRY -Value $PropertyType, $Value
}

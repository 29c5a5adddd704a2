# Prints what of a session may be seen by whoever uses it, a line each: variables with their values,
# functions, aliases, the environment, the versions of TLS, how many errors there were.
& {
    $own = '?', '^', '$', 'args', 'Error', 'input', 'MyInvocation', 'PSBoundParameters', 'PSItem',
        'PSScriptRoot', 'PSCommandPath', 'StackTrace', '_', 'own'
    foreach ($variable in Get-Variable | Where-Object { $_.Name -notin $own }) {
        "variable $($variable.Name) = $($variable.Value)"
    }
    foreach ($drive in 'Function', 'Alias', 'Env') {
        Get-ChildItem -LiteralPath "${drive}:" | ForEach-Object {
            $value = if ($drive -eq 'Env') { $_.Value } else { $_.Definition }
            "$drive $($_.Name) = $value"
        }
    }
    "TLS = $([Net.ServicePointManager]::SecurityProtocol)"
    "errors = $($Error.Count)"
    "folder = $(Get-Location)"
}

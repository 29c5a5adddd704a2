# Does what it is told, a line of JSON each, in sessions that know nothing of one another, and answers
# each with a line. What belongs to the process and to no session is afterwards as it was: the
# environment, the versions of TLS, where errors are written to.
$sessions = @{}
while ($null -ne ($line = [Console]::In.ReadLine())) {
    $told = $line | ConvertFrom-Json
    if (-not $sessions[$told.session]) { $sessions[$told.session] = [powershell]::Create() }
    $session = $sessions[$told.session]

    $environment = @{}
    foreach ($variable in $told.env.PSObject.Properties) {
        $environment[$variable.Name] = [Environment]::GetEnvironmentVariable($variable.Name)
        [Environment]::SetEnvironmentVariable($variable.Name, $variable.Value)
    }
    $protocols = [Net.ServicePointManager]::SecurityProtocol
    $stderr = [Console]::Error
    $said = [IO.StringWriter]::new()
    [Console]::SetError($said)

    $nothing = [Management.Automation.PSDataCollection[psobject]]::new()
    $printed = [Management.Automation.PSDataCollection[psobject]]::new()
    $session.Commands.Clear()
    $null = $session.AddScript("$($told.lines)`n`$?")
    $nothing.Complete()
    try {
        $null = $session.EndInvoke($session.BeginInvoke($nothing, $printed))
        $status = [int] (-not $printed[$printed.Count - 1])
        $printed.RemoveAt($printed.Count - 1)
    }
    catch { $status = 1 }

    [Console]::SetError($stderr)
    [Net.ServicePointManager]::SecurityProtocol = $protocols
    foreach ($name in $environment.Keys) {
        if ($null -eq $environment[$name]) { Remove-Item -LiteralPath "Env:$name" -ErrorAction Ignore }
        else { [Environment]::SetEnvironmentVariable($name, $environment[$name]) }
    }
    $stdout = -join ($printed | ForEach-Object { "$_`n" })
    $answer = @{ stdout = $stdout; stderr = $said.ToString(); status = $status }
    [Console]::Out.WriteLine(($answer | ConvertTo-Json -Compress))
}

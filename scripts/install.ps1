<#
.SYNOPSIS
Installs claude-key for this user, or upgrades it.

.DESCRIPTION
  irm https://github.com/OWNER/claude-key/releases/latest/download/install.ps1 | iex
  .\install.ps1 [-Version VERSION] [-To FOLDER] [-NoPath]

Nothing is put in place before its checksum has been verified and it has run once. Needs no
administrator. For Windows PowerShell 5.1 and PowerShell 7.

.PARAMETER Version
The release to install; the latest one otherwise.

.PARAMETER To
Where to install it; %LOCALAPPDATA%\Programs\claude-key otherwise.

.PARAMETER NoPath
Leaves the user's PATH alone.
#>
[CmdletBinding()]
param(
    [string] $Version = '',
    [string] $To = '',
    [switch] $NoPath
)

# All in a block of its own: run by iex, nothing of it stays in the user's session.
& {
    Set-StrictMode -Version 2.0
    $ErrorActionPreference = 'Stop'
    # Windows PowerShell draws a progress bar for each buffer, which takes longer than the download.
    $ProgressPreference = 'SilentlyContinue'

    # The repository, which is written here when a release is made.
    $repository = ''
    # Another place to download from, laid out like the releases of the repository.
    $releases = $env:CLAUDE_KEY_RELEASES
    if (-not $releases -and $repository) { $releases = "$repository/releases" }

    function Say([string] $text) {
        [Console]::Error.WriteLine("claude-key: $text")
    }

    # Not by exit, which would close the window of a user who runs this by iex.
    function Fail([string] $message, [string[]] $hints = @()) {
        Say "error: $message"
        foreach ($hint in $hints) { Say "hint: $hint" }
        throw "claude-key was not installed: $message"
    }

    if (-not $releases) {
        $place = 'https://github.com/OWNER/claude-key/releases'
        Fail 'this install.ps1 is not from a release and does not know where releases lie' @(
            "take the one that is part of a release: $place/latest/download/install.ps1"
            "or name the place: `$env:CLAUDE_KEY_RELEASES = '$place'"
        )
    }

    function Find-Platform {
        # A 32-bit or emulated shell is told another processor; this is the machine's own.
        $key = 'HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager\Environment'
        $machine = (Get-ItemProperty $key).PROCESSOR_ARCHITECTURE
        switch ($machine) {
            'AMD64' { 'windows-x64' }
            'ARM64' { 'windows-arm64' }
            default { Fail "there is no release for `"$machine`" machines" "see $releases" }
        }
    }

    function Save-Url([string] $url, [string] $file) {
        Invoke-WebRequest -Uri $url -OutFile $file -UseBasicParsing
    }

    # Adds a folder to the user's PATH and changes nothing else in it: %VARIABLES% stay as they are.
    function Add-ToUserPath([string] $folder) {
        $key = [Microsoft.Win32.Registry]::CurrentUser.OpenSubKey('Environment', $true)
        try {
            $path = $key.GetValue('Path', '', 'DoNotExpandEnvironmentNames')
            if (($path -split ';') -contains $folder) { return }
            $kind = 'ExpandString'
            if ($key.GetValueNames() -contains 'Path') { $kind = $key.GetValueKind('Path') }
            $key.SetValue('Path', (@($folder) + @($path -split ';' -ne '')) -join ';', $kind)
        }
        finally { $key.Dispose() }
        # Setting any variable tells running programs, the desktop among them, to look again.
        [Environment]::SetEnvironmentVariable('CLAUDE_KEY_INSTALLED', $null, 'User')
        Say "added $folder to the PATH of new terminals"
    }

    function Install-ClaudeKey([string] $version, [string] $to, [string] $temp) {
        $version = $version -replace '^v', ''
        if ($version -match '[^0-9A-Za-z.-]') { Fail "`"$version`" is no version" "see $releases" }
        $platform = Find-Platform
        if ($version) {
            $from = "$releases/download/v$version"
            $wanted = "release $version"
        }
        else {
            $from = "$releases/latest/download"
            $wanted = 'the latest release'
        }

        $checksums = Join-Path $temp 'checksums.txt'
        try { Save-Url "$from/checksums.txt" $checksums }
        catch {
            Say $_.Exception.Message
            Fail "$wanted cannot be downloaded from $releases" `
                "see which releases there are: $releases"
        }
        $pattern = "^([0-9a-f]{64})  (claude-key-([0-9A-Za-z.-]+)-$platform)\.zip$"
        $found = @(Get-Content $checksums | Where-Object { $_ -match $pattern })
        if ($found.Count -ne 1) { Fail "$wanted has no archive for $platform" "see $releases" }
        $null = $found[0] -match $pattern
        $expected = $Matches[1]
        $name = $Matches[2]
        if ($version -and $Matches[3] -ne $version) {
            Fail "$wanted holds version $($Matches[3])" "see $releases"
        }
        $version = $Matches[3]

        $archive = Join-Path $temp "$name.zip"
        Say "downloading $name.zip"
        try { Save-Url "$releases/download/v$version/$name.zip" $archive }
        catch {
            Say $_.Exception.Message
            Fail "$name.zip cannot be downloaded" 'try again'
        }
        $actual = (Get-FileHash -Algorithm SHA256 -Path $archive).Hash
        if ($actual -ne $expected) {
            Fail "$name.zip does not have its checksum; it was not installed" @(
                "expected $expected"
                "but it is $($actual.ToLowerInvariant())"
                'try again; if it happens twice, report it as SECURITY.md says'
            )
        }

        Expand-Archive -Path $archive -DestinationPath $temp
        $unpacked = Join-Path (Join-Path $temp $name) 'claude-key.exe'
        if (-not (Test-Path -LiteralPath $unpacked -PathType Leaf)) {
            Fail "$name.zip has no program in it"
        }
        $null = & $unpacked --version
        if ($LASTEXITCODE -ne 0) {
            Fail "claude-key $version does not run on this machine; it was not installed"
        }

        $null = New-Item -ItemType Directory -Force -Path $to
        $program = Join-Path $to 'claude-key.exe'
        # A program that runs cannot be overwritten, but it can be renamed.
        $old = Join-Path $to 'claude-key.old.exe'
        if (Test-Path -LiteralPath $old) { Remove-Item -LiteralPath $old -Force }
        $upgrade = Test-Path -LiteralPath $program
        if ($upgrade) { Move-Item -LiteralPath $program -Destination $old }
        try { Move-Item -LiteralPath $unpacked -Destination $program }
        catch {
            if ($upgrade) { Move-Item -LiteralPath $old -Destination $program }
            throw
        }
        if ($upgrade) { Remove-Item -LiteralPath $old -Force -ErrorAction SilentlyContinue }
        $done = if ($upgrade) { 'upgraded to' } else { 'installed' }
        Say "$done claude-key $version as $program"
    }

    # Windows PowerShell on older systems would still offer TLS 1.0.
    [Net.ServicePointManager]::SecurityProtocol =
        [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12
    if (-not $To) { $To = Join-Path $env:LOCALAPPDATA 'Programs\claude-key' }
    $To = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($To)
    $temp = Join-Path ([IO.Path]::GetTempPath()) "claude-key-install-$([Guid]::NewGuid())"
    $null = New-Item -ItemType Directory -Path $temp
    try { Install-ClaudeKey $Version $To $temp }
    finally { Remove-Item -LiteralPath $temp -Recurse -Force -ErrorAction SilentlyContinue }
    if (-not $NoPath) { Add-ToUserPath $To }
}

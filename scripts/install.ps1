<#
.SYNOPSIS
Installs claude-key for this user, or upgrades it.

.DESCRIPTION
  irm https://github.com/OWNER/claude-key/releases/latest/download/install.ps1 | iex
  .\install.ps1 [-Version VERSION] [-To FOLDER] [-NoPath]

  -Version VERSION  the release to install; the latest one otherwise
  -To FOLDER        where to install it; %LOCALAPPDATA%\Programs\claude-key otherwise
  -NoPath           leaves the user's PATH alone

Nothing is put in place before its checksum has been verified and it has run once. Needs no
administrator. For Windows PowerShell 5.1 and PowerShell 7.
#>

# All in a block of its own, the parameters among it: run by iex, nothing of it stays in the user's
# session, and nothing there is overwritten.
try { & {
    [CmdletBinding()]
    param(
        [string] $Version = '',
        [string] $To = '',
        [switch] $NoPath
    )

    Set-StrictMode -Version 2.0
    $ErrorActionPreference = 'Stop'

    # The repository, which is written here when a release is made.
    $repository = ''

    # First what decides, by its arguments alone.

    function New-Problem([string] $message, [string[]] $hints = @()) {
        $problem = [InvalidOperationException]::new($message)
        $problem.Data['hints'] = $hints
        $problem
    }

    # Where releases lie: another place, laid out like the releases of the repository, comes first.
    function Get-Releases([string] $place, [string] $repository) {
        if (-not $place -and -not $repository) {
            $message = 'this install.ps1 is not from a release and does not know where releases lie'
            $example = 'https://github.com/OWNER/claude-key/releases'
            throw (New-Problem $message @(
                    "take the one that is part of a release: $example/latest/download/install.ps1"
                    "or name the place: `$env:CLAUDE_KEY_RELEASES = '$example'"
                ))
        }
        if (-not $place) { $place = "$repository/releases" }
        if ($place -notmatch '^https?://[-0-9A-Za-z._~:/%+]+\z') {
            throw (New-Problem 'CLAUDE_KEY_RELEASES is no plain http or https address')
        }
        $place.TrimEnd('/')
    }

    function Get-Platform([string] $processor, [string] $releases) {
        switch ($processor) {
            'AMD64' { 'windows-x64' }
            'ARM64' { 'windows-arm64' }
            default {
                $message = "there is no release for `"$processor`" machines"
                throw (New-Problem $message "see $releases")
            }
        }
    }

    # A release as it is asked for, by its version or as the latest one.
    function Get-Wanted([string] $version, [string] $releases) {
        $version = $version -replace '^v', ''
        if ($version -match '[^0-9A-Za-z.-]') {
            throw (New-Problem "`"$version`" is no version" "see $releases")
        }
        if ($version) { $title, $from = "release $version", "$releases/download/v$version" }
        else { $title, $from = 'the latest release', "$releases/latest/download" }
        [pscustomobject] @{
            Version = $version; Title = $title; From = $from; Releases = $releases
        }
    }

    # The archive for a platform, and with it the version, by the checksums of the release.
    function Find-Archive([string[]] $checksums, [string] $platform, [object] $wanted) {
        $see = "see $($wanted.Releases)"
        $pattern = "^([0-9a-f]{64})  (claude-key-([0-9A-Za-z.-]+)-$platform)\.zip\z"
        $found = @($checksums | Where-Object { $_ -match $pattern })
        if ($found.Count -ne 1) {
            throw (New-Problem "$($wanted.Title) has no archive for $platform" $see)
        }
        $null = $found[0] -match $pattern
        $version = $Matches[3]
        if ($wanted.Version -and $version -ne $wanted.Version) {
            throw (New-Problem "$($wanted.Title) holds version $version" $see)
        }
        [pscustomobject] @{
            Version = $version
            Name = $Matches[2]
            Url = "$($wanted.Releases)/download/v$version/$($Matches[2]).zip"
            Sha256 = $Matches[1]
        }
    }

    # Where a redirect leads. From https, not to where anybody on the way can change what comes.
    function Resolve-Redirect([Uri] $from, [string] $location) {
        $to = $null
        if (-not $location -or -not [Uri]::TryCreate($from, $location, [ref] $to)) {
            throw (New-Problem 'redirected to nowhere')
        }
        if ($to.Scheme -ne 'https' -and ($from.Scheme -eq 'https' -or $to.Scheme -ne 'http')) {
            throw (New-Problem 'redirected to what is not https')
        }
        $to
    }

    function Test-Checksum([object] $archive, [string] $actual) {
        if ($actual -eq $archive.Sha256) { return }
        throw (New-Problem "$($archive.Name).zip does not have its checksum; it was not installed" @(
                "expected $($archive.Sha256)"
                "but it is $($actual.ToLowerInvariant())"
                'try again; if it happens twice, report it as SECURITY.md says'
            ))
    }

    # A PATH with a folder in front, or nothing where it is there already.
    function Get-NewPath([string] $path, [string] $folder) {
        $entries = @($path -split ';' -ne '')
        foreach ($entry in $entries) {
            $there = [Environment]::ExpandEnvironmentVariables($entry).Trim('"').TrimEnd('\')
            if ($there -eq $folder.TrimEnd('\')) { return }
        }
        (@($folder) + $entries) -join ';'
    }

    # Windows PowerShell on older systems would still offer TLS 1.0 and no later one. Where the
    # system decides, which is 0, it goes on to do so.
    function Get-Protocols([Net.SecurityProtocolType] $protocols) {
        if ([int] $protocols -eq 0) { return $protocols }
        $protocols -bor [Net.SecurityProtocolType]::Tls12
    }

    # Then what does.

    function Say([string] $text) {
        [Console]::Error.WriteLine("claude-key: $text")
    }

    function Get-Processor {
        # A 32-bit or emulated shell is told another processor; this is the machine's own.
        $key = 'HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager\Environment'
        try { (Get-ItemProperty -LiteralPath $key).PROCESSOR_ARCHITECTURE }
        catch { throw (New-Problem 'this installer is for Windows' 'use install.sh') }
    }

    # Invoke-WebRequest of Windows PowerShell would follow a redirect out of https.
    function Save-Url([string] $url, [string] $file) {
        $address = [Uri] $url
        for ($hops = 0; $hops -le 10; $hops++) {
            $request = [Net.WebRequest]::Create($address)
            $request.AllowAutoRedirect = $false
            $request.UserAgent = 'claude-key'
            $response = $request.GetResponse()
            try {
                if ([int] $response.StatusCode -lt 300) {
                    Save-Stream $response.GetResponseStream() $file
                    return
                }
                $address = Resolve-Redirect $address $response.Headers['Location']
            }
            finally { $response.Close() }
        }
        throw (New-Problem 'redirected too often')
    }

    # Piece by piece, so that Ctrl-C need not wait for the last one.
    function Save-Stream([IO.Stream] $stream, [string] $file) {
        $to = [IO.File]::Create($file)
        try {
            $buffer = [byte[]]::new(65536)
            while (($count = $stream.Read($buffer, 0, $buffer.Length)) -gt 0) {
                $to.Write($buffer, 0, $count)
            }
        }
        finally { $to.Dispose() }
    }

    # What a program says when it is asked for its version, or nothing if it does not run. Started by
    # & it would leave $LASTEXITCODE behind.
    function Get-Answer([string] $program) {
        $start = [Diagnostics.ProcessStartInfo]::new($program, '--version')
        $start.UseShellExecute = $false
        $start.RedirectStandardOutput = $true
        try { $process = [Diagnostics.Process]::Start($start) }
        catch {
            Say $_.Exception.GetBaseException().Message
            return
        }
        $answer = $process.StandardOutput.ReadToEnd().Trim()
        $process.WaitForExit()
        if ($process.ExitCode -eq 0) { $answer }
    }

    function Install-Release([object] $wanted, [string] $platform, [string] $to, [string] $temp) {
        $checksums = Join-Path $temp 'checksums.txt'
        try { Save-Url "$($wanted.From)/checksums.txt" $checksums }
        catch {
            Say $_.Exception.GetBaseException().Message
            $message = "$($wanted.Title) cannot be downloaded from $($wanted.Releases)"
            throw (New-Problem $message "see which releases there are: $($wanted.Releases)")
        }
        $found = Find-Archive (Get-Content -LiteralPath $checksums) $platform $wanted

        $archive = Join-Path $temp "$($found.Name).zip"
        Say "downloading $($found.Name).zip"
        try { Save-Url $found.Url $archive }
        catch {
            Say $_.Exception.GetBaseException().Message
            throw (New-Problem "$($found.Name).zip cannot be downloaded" 'try again')
        }
        Test-Checksum $found (Get-FileHash -Algorithm SHA256 -LiteralPath $archive).Hash

        # Expand-Archive takes a [ in the folder's name for a pattern.
        Add-Type -AssemblyName System.IO.Compression.FileSystem
        [IO.Compression.ZipFile]::ExtractToDirectory($archive, $temp)
        $unpacked = Join-Path (Join-Path $temp $found.Name) 'claude-key.exe'
        if (-not (Test-Path -LiteralPath $unpacked -PathType Leaf)) {
            throw (New-Problem "$($found.Name).zip has no program in it")
        }
        if (-not (Get-Answer $unpacked)) {
            $title = "claude-key $($found.Version)"
            throw (New-Problem "$title does not run on this machine; it was not installed")
        }

        $null = [IO.Directory]::CreateDirectory($to)
        $program = Join-Path $to 'claude-key.exe'
        $before = if (Test-Path -LiteralPath $program) { Get-Answer $program }
        Move-Program $unpacked $program
        if ($before -and $before -ne "claude-key $($found.Version)") {
            Say "upgraded $before to $($found.Version) as $program"
        }
        else { Say "installed claude-key $($found.Version) as $program" }
    }

    # A program that runs cannot be overwritten, but it can be renamed.
    function Move-Program([string] $unpacked, [string] $program) {
        $old = $program -replace '\.exe\z', '.old.exe'
        if (Test-Path -LiteralPath $old) { Remove-Item -LiteralPath $old -Force }
        $upgrade = Test-Path -LiteralPath $program
        if ($upgrade) { [IO.File]::Move($program, $old) }
        try { [IO.File]::Move($unpacked, $program) }
        catch {
            if ($upgrade) { [IO.File]::Move($old, $program) }
            throw
        }
        if ($upgrade) { Remove-Item -LiteralPath $old -Force -ErrorAction Ignore }
    }

    # Adds a folder to the user's PATH and changes nothing else in it: %VARIABLES% stay as they are.
    function Add-ToUserPath([string] $folder) {
        if ($folder -match '[;%]') {
            Say "warning: $folder cannot be put on the PATH, because of the $($Matches[0])"
            return
        }
        $key = 'HKCU:\Environment'
        $variables = Get-Item -LiteralPath $key
        $path = Get-NewPath $variables.GetValue('Path', '', 'DoNotExpandEnvironmentNames') $folder
        if (-not $path) { return }
        $kind = 'ExpandString'
        if ($variables.GetValueNames() -contains 'Path') { $kind = $variables.GetValueKind('Path') }
        $null = New-ItemProperty -LiteralPath $key -Name Path -Value $path -PropertyType $kind -Force
        # Setting any variable tells running programs, the desktop among them, to look again.
        [Environment]::SetEnvironmentVariable('CLAUDE_KEY_INSTALLED', $null, 'User')
        Say "added $folder to the PATH of new terminals"
    }

    $temp = $null
    $protocols = [Net.ServicePointManager]::SecurityProtocol
    try {
        $releases = Get-Releases $env:CLAUDE_KEY_RELEASES $repository
        $wanted = Get-Wanted $Version $releases
        $platform = Get-Platform (Get-Processor) $releases
        if (-not $To) { $To = Join-Path $env:LOCALAPPDATA 'Programs\claude-key' }
        $To = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($To)
        [Net.ServicePointManager]::SecurityProtocol = Get-Protocols $protocols
        $temp = Join-Path ([IO.Path]::GetTempPath()) "claude-key-install-$([Guid]::NewGuid())"
        $null = [IO.Directory]::CreateDirectory($temp)
        Install-Release $wanted $platform $To $temp
        if (-not $NoPath) {
            try { Add-ToUserPath $To }
            catch {
                Say "warning: the PATH was not changed: $($_.Exception.GetBaseException().Message)"
                Say "hint: put $To on it"
            }
        }
    }
    catch {
        $problem = $_.Exception.GetBaseException()
        Say "error: $($problem.Message)"
        foreach ($hint in $problem.Data['hints']) { Say "hint: $hint" }
        # Not by exit, which would close the window of a user who runs this by iex.
        throw 'claude-key was not installed'
    }
    finally {
        [Net.ServicePointManager]::SecurityProtocol = $protocols
        if ($temp) { Remove-Item -LiteralPath $temp -Recurse -Force -ErrorAction Ignore }
    }
} @args }
# An argument that does not fit would otherwise be no failure of the script.
catch { throw }

<#
.SYNOPSIS
Prints what Windows PowerShell 5.1 lacks of a script, or understands otherwise: a line for each.

.DESCRIPTION
The script comes in on standard input. It is parsed, never run, by PowerShell 7, whose parser knows
the newer syntax. A name that is on no list counts as lacking: look it up and add it.

The commands and parameters are those that PowerShell 7.6 has and 5.1 has not, found by comparing
Get-Command there with the table of 5.1's commands that PSScriptAnalyzer ships; the syntax is what
about_Operators, about_Special_Characters, about_Numeric_Literals and the notes on what is new in
6.0 to 7.6 say [https://learn.microsoft.com/powershell].
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

# Types of .NET with members that .NET Framework 4.5 has, too. [https://learn.microsoft.com/dotnet/api]
$members = @'
byte::new Collections.Generic.List::new
Console::Error Console::OpenStandardInput Console::OpenStandardOutput Console::OutputEncoding
Diagnostics.Process::Start Diagnostics.ProcessStartInfo::new
Environment::ExpandEnvironmentVariables Environment::GetEnvironmentVariable
Environment::GetFolderPath Environment::SetEnvironmentVariable
Guid::NewGuid InvalidOperationException::new
IO.Compression.ZipFile::ExtractToDirectory IO.Directory::CreateDirectory
IO.File::Create IO.File::Move IO.File::ReadAllText IO.File::WriteAllText
IO.Path::Combine IO.Path::GetTempPath IO.Stream::Null
Management.Automation.CompletionResult::new Management.Automation.Language.Parser::ParseInput
Microsoft.Win32.Registry::CurrentUser Microsoft.Win32.Registry::LocalMachine
Net.SecurityProtocolType::Tls12 Net.ServicePointManager::SecurityProtocol Net.WebRequest::Create
regex::Escape regex::IsMatch regex::Match regex::Matches regex::Replace regex::Split regex::Unescape
string::Empty string::IsNullOrEmpty string::Join
Text.UTF8Encoding::new Uri::TryCreate
'@ -split '\s+'

# What is written in brackets without a namespace and came later.
$types = @'
ArgumentCompletions ExperimentAction Experimental ExperimentalFeature NoRunspaceAffinity semver
ValidateNotNullOrWhiteSpace ValidateTrustedData
'@ -split '\s+'

$variables = @'
EnabledExperimentalFeatures IsCoreCLR IsLinux IsMacOS IsWindows PSNativeCommandArgumentPassing
PSNativeCommandUseErrorActionPreference PSStyle
'@ -split '\s+'

$commands = @'
ConvertFrom-CliXml ConvertFrom-Markdown ConvertTo-CliXml Disable-ExperimentalFeature
Enable-ExperimentalFeature Get-Error Get-ExperimentalFeature Get-MarkdownOption Get-PSSubsystem
Get-SecureRandom Get-Uptime Join-String Remove-Alias Set-MarkdownOption Show-Markdown Switch-Process
Test-Json
'@ -split '\s+'

$web = 'HttpVersion AllowUnencryptedAuthentication Authentication SkipCertificateCheck SslProtocol ' +
    'Token ConnectionTimeoutSeconds OperationTimeoutSeconds SkipHeaderValidation ' +
    'AllowInsecureRedirect MaximumRetryCount PreserveAuthorizationOnRedirect RetryIntervalSec ' +
    'CustomMethod PreserveHttpMethodOnRedirect UnixSocket NoProxy Form Resume SkipHttpErrorCheck'
$csv = 'IncludeTypeInformation QuoteFields UseQuotes NoHeader'
$remote = 'HostName UserName KeyFilePath Subsystem ConnectingTimeout SSHTransport SSHConnection Options'

$parameters = @{
    'Add-Content' = 'AsByteStream'
    'Add-Type' = 'CompilerOptions'
    'Convert-Path' = 'Force'
    'ConvertFrom-Json' = 'AsHashtable Depth NoEnumerate DateKind'
    'ConvertFrom-StringData' = 'Delimiter'
    'ConvertTo-Csv' = $csv
    'ConvertTo-Html' = 'Meta Charset Transitional'
    'ConvertTo-Json' = 'EnumsAsStrings AsArray EscapeHandling'
    'Enter-PSSession' = $remote
    'Export-Csv' = $csv
    'ForEach-Object' = 'Parallel ThrottleLimit TimeoutSeconds AsJob UseNewRunspace'
    'Format-Hex' = 'Count Offset'
    'Format-Table' = 'RepeatHeader'
    'Get-ChildItem' = 'FollowSymlink'
    'Get-Clipboard' = 'Delimiter'
    'Get-Command' = 'ExcludeModule UseFuzzyMatching FuzzyMinimumDistance UseAbbreviationExpansion'
    'Get-Content' = 'AsByteStream'
    'Get-Date' = 'UnixTimeSeconds AsUTC'
    'Get-Module' = 'SkipEditionCheck'
    'Get-Random' = 'Shuffle'
    'Get-Unique' = 'CaseInsensitive'
    'Import-Module' = 'SkipEditionCheck UseWindowsPowerShell'
    'Import-PowerShellDataFile' = 'SkipLimitCheck'
    'Invoke-Command' = "$remote RemoteDebug"
    'Invoke-RestMethod' = "$web FollowRelLink MaximumFollowRelLink ResponseHeadersVariable StatusCodeVariable"
    'Invoke-WebRequest' = $web
    'Join-Path' = 'AdditionalChildPath'
    'Measure-Object' = 'StandardDeviation AllStats'
    'New-PSSession' = "$remote UseWindowsPowerShell"
    'New-TimeSpan' = 'Milliseconds'
    'Out-String' = 'NoNewline'
    'Read-Host' = 'MaskInput'
    'Register-ArgumentCompleter' = 'NativeFallback'
    'Resolve-Path' = 'RelativeBasePath Force'
    'Select-Object' = 'CaseInsensitive SkipIndex'
    'Select-String' = 'Culture Raw NoEmphasis'
    'Set-Clipboard' = 'PassThru AsOSC52'
    'Set-Content' = 'AsByteStream'
    'Set-Variable' = 'Append'
    'Sort-Object' = 'Stable Top Bottom'
    'Split-Path' = 'LeafBase Extension'
    'Start-Job' = 'WorkingDirectory'
    'Start-Process' = 'Environment'
    'Start-Sleep' = 'Duration'
    'Tee-Object' = 'Encoding'
    'Wait-Process' = 'Any PassThru'
    'Where-Object' = 'Not'
}

$encodings = @'
Ascii BigEndianUnicode BigEndianUTF32 Byte Default Oem String Unicode Unknown UTF7 UTF8 UTF32
'@ -split '\s+'

# What 5.1 calls by names that on other systems are programs.
$aliases = @{ curl = 'Invoke-WebRequest'; wget = 'Invoke-WebRequest' }

$found = [Collections.Generic.List[object]]::new()

function Add-Finding([object] $extent, [string] $what) {
    $found.Add([pscustomobject] @{ Line = $extent.StartLineNumber; What = $what })
}

# Tokens with those inside of strings.
function Get-AllTokens([object[]] $tokens) {
    foreach ($token in $tokens) {
        $token
        if ($token.PSObject.Properties['NestedTokens'] -and $token.NestedTokens) {
            Get-AllTokens $token.NestedTokens
        }
    }
}

function Test-Token([object] $token, [object] $before) {
    $text = $token.Text
    switch ("$($token.Kind)") {
        'Number' {
            if ($text -match '^[+-]?0b' -or $text -match '(u|y|s|n|ul|us|uy)$') {
                Add-Finding $token.Extent "the number $text"
            }
        }
        'Pipe' {
            if ($before -and "$($before.Kind)" -eq 'NewLine') {
                Add-Finding $token.Extent 'a line that begins with |'
            }
        }
        { $_ -in 'StringExpandable', 'HereStringExpandable', 'Generic' } {
            foreach ($escape in [regex]::Matches($text, '(?s)`(.)(\{)?')) {
                $letter = $escape.Groups[1].Value
                if ($letter -ceq 'e' -or ($letter -ceq 'u' -and $escape.Groups[2].Success)) {
                    Add-Finding $token.Extent "the escape ``$letter"
                }
            }
        }
    }
}

# Whether what is read is read only where the version has been looked at, or the variable.
function Test-Guarded([object] $ast) {
    $guard = 'PSVersionTable|PSEdition|Test-Path\s.*Variable:|Get-Variable'
    for ($child = $ast; $child.Parent; $child = $child.Parent) {
        $parent = $child.Parent
        if ($parent -is [Management.Automation.Language.BinaryExpressionAst] -and
            "$($parent.Operator)" -eq 'And' -and $parent.Right -eq $child -and
            $parent.Left.Extent.Text -match $guard) { return $true }
        if ($parent -is [Management.Automation.Language.IfStatementAst]) {
            foreach ($clause in $parent.Clauses) {
                if ($clause.Item2 -eq $child -and $clause.Item1.Extent.Text -match $guard) { return $true }
            }
        }
    }
    return $false
}

# The name of a type as the lists have it: without what it is a list of, say.
function Get-PlainName([object] $type) {
    $type.FullName -replace '\[.*', '' -replace '^System\.', ''
}

function Test-Type([object] $ast, [object] $type) {
    $name = Get-PlainName $type
    if ($name -in $types -or ($name -match '\.' -and -not ($members -like "${name}::*"))) {
        Add-Finding $ast.Extent "the type [$name]"
    }
}

function Test-Command([Management.Automation.Language.CommandAst] $ast, [string[]] $own) {
    $name = $ast.GetCommandName()
    if (-not $name -or $name -in $own) { return }
    if ($aliases[$name]) {
        Add-Finding $ast.Extent "$name, an alias of $($aliases[$name])"
        return
    }
    $alias = Get-Item -LiteralPath "Alias:$name" -ErrorAction Ignore
    if ($alias) { $name = $alias.Definition }
    if ($name -in $commands) { Add-Finding $ast.Extent "the command $name" }
    $command = Get-Command -Name $name -CommandType Cmdlet, Function -ErrorAction Ignore
    $later = @("$($parameters[$name]) ProgressAction" -split ' ' -ne '')
    $given = @()
    $positional = 0
    $elements = @($ast.CommandElements | Select-Object -Skip 1)
    for ($index = 0; $index -lt $elements.Count; $index++) {
        $element = $elements[$index]
        if ($element -isnot [Management.Automation.Language.CommandParameterAst]) {
            $positional++
            continue
        }
        $parameter = $element.ParameterName
        $value = $element.Argument
        if ($command) {
            try {
                $resolved = $command.ResolveParameter($parameter)
                $parameter = $resolved.Name
                if (-not $value -and -not $resolved.SwitchParameter -and $index + 1 -lt $elements.Count) {
                    $value = $elements[++$index]
                }
            }
            catch { Add-Finding $element.Extent "the parameter -$parameter of $name" }
        }
        $given += $parameter
        if ($parameter -in $later) { Add-Finding $element.Extent "the parameter -$parameter of $name" }
        if ($command -and $parameter -eq 'Encoding' -and
            $value -is [Management.Automation.Language.StringConstantExpressionAst] -and
            $value.Value -notin $encodings) {
            Add-Finding $value.Extent "the encoding $($value.Value)"
        }
    }
    switch ($name) {
        'Invoke-WebRequest' {
            if ('UseBasicParsing' -notin $given) {
                Add-Finding $ast.Extent 'Invoke-WebRequest without -UseBasicParsing'
            }
        }
        'Out-File' {
            if ('Encoding' -notin $given) {
                Add-Finding $ast.Extent 'Out-File without -Encoding, which writes UTF-16'
            }
        }
        'Tee-Object' {
            if ('Variable' -notin $given) { Add-Finding $ast.Extent 'Tee-Object, which writes UTF-16' }
        }
        'Join-Path' {
            if ($positional -gt 2) { Add-Finding $ast.Extent 'Join-Path of more than two parts' }
        }
    }
}

function Test-Ast([object] $ast, [string[]] $own) {
    switch ($ast.GetType().Name) {
        'PipelineChainAst' {
            Add-Finding $ast.Extent '&& and || between commands'
            if ($ast.Background) { Add-Finding $ast.Extent '& behind a command' }
        }
        'PipelineAst' {
            if ($ast.Background) { Add-Finding $ast.Extent '& behind a command' }
        }
        'TernaryExpressionAst' { Add-Finding $ast.Extent 'the ternary operator' }
        'AssignmentStatementAst' {
            if ("$($ast.Operator)" -eq 'QuestionQuestionEquals') { Add-Finding $ast.Extent '??=' }
        }
        'BinaryExpressionAst' {
            if ("$($ast.Operator)" -eq 'QuestionQuestion') { Add-Finding $ast.Extent '??' }
            if ("$($ast.Operator)" -eq 'DotDot') {
                foreach ($side in $ast.Left, $ast.Right) {
                    if ($side.StaticType -eq [string] -and $side.Extent.Text -notmatch '\d') {
                        Add-Finding $ast.Extent 'a range of letters'
                        break
                    }
                }
            }
            if ("$($ast.Operator)" -match 'replace$' -and
                $ast.Right -is [Management.Automation.Language.ArrayLiteralAst] -and
                $ast.Right.Elements[-1] -is [Management.Automation.Language.ScriptBlockExpressionAst]) {
                Add-Finding $ast.Extent '-replace by a script block'
            }
        }
        { $_ -in 'MemberExpressionAst', 'InvokeMemberExpressionAst' } {
            if ($ast.NullConditional) { Add-Finding $ast.Extent '?.' }
            if ($ast.Static -and $ast.Expression -is [Management.Automation.Language.TypeExpressionAst] -and
                $ast.Member -is [Management.Automation.Language.StringConstantExpressionAst]) {
                $type = Get-PlainName $ast.Expression.TypeName
                $member = $ast.Member.Value
                if ("${type}::$member" -notin $members) { Add-Finding $ast.Extent "[$type]::$member" }
            }
        }
        'IndexExpressionAst' {
            if ($ast.NullConditional) { Add-Finding $ast.Extent '?[]' }
        }
        { $_ -in 'TypeExpressionAst', 'TypeConstraintAst', 'AttributeAst' } { Test-Type $ast $ast.TypeName }
        'VariableExpressionAst' {
            $name = $ast.VariablePath.UserPath -replace '^(global|script|local|variable):', ''
            $assigned = $ast.Parent -is [Management.Automation.Language.AssignmentStatementAst] -and
                $ast.Parent.Left -eq $ast
            if ($name -in $variables -and -not $assigned -and -not (Test-Guarded $ast)) {
                Add-Finding $ast.Extent "the variable `$$name"
            }
        }
        'FileRedirectionAst' {
            if ($ast.Location.Extent.Text -ne '$null') {
                Add-Finding $ast.Extent "a redirection to a file, which writes UTF-16"
            }
        }
        'ScriptBlockAst' {
            if ($ast.CleanBlock) { Add-Finding $ast.CleanBlock.Extent 'a clean block' }
            $version = $ast.ScriptRequirements ? $ast.ScriptRequirements.RequiredPSVersion : $null
            if ($version -gt [version] '5.1') { Add-Finding $ast.Extent "#requires -Version $version" }
        }
        'CommandAst' { Test-Command $ast $own }
    }
}

$utf8 = [Text.UTF8Encoding]::new($false)
$text = [IO.StreamReader]::new([Console]::OpenStandardInput(), $utf8).ReadToEnd()
$tokens = $null
$problems = $null
$script = [Management.Automation.Language.Parser]::ParseInput($text, [ref] $tokens, [ref] $problems)
foreach ($problem in $problems) { Add-Finding $problem.Extent "it is no script: $($problem.Message)" }

# A script without a byte order mark is read in the code page of the system.
$number = 0
foreach ($line in $text -split '\r?\n') {
    $number++
    if ($line -match '[^\t -~]') {
        $found.Add([pscustomobject] @{ Line = $number; What = 'a character that is not ASCII' })
    }
}

$before = $null
foreach ($token in Get-AllTokens $tokens) {
    Test-Token $token $before
    if ("$($token.Kind)" -ne 'Comment') { $before = $token }
}

$functions = $script.FindAll({ $args[0] -is [Management.Automation.Language.FunctionDefinitionAst] }, $true)
$own = @($functions | ForEach-Object { $_.Name })
foreach ($ast in $script.FindAll({ $true }, $true)) { Test-Ast $ast $own }

foreach ($finding in $found | Sort-Object -Property Line -Stable) {
    [Console]::Out.WriteLine("line $($finding.Line): $($finding.What)")
}

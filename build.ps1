<#
.SYNOPSIS
One entry for everything: ./build.ps1 [build|test|quickstart|bench|package]. The work is in build/Verbs.proj.
#>
param(
    [ValidateSet('build', 'test', 'quickstart', 'bench', 'package')]
    [string] $Verb = 'build',

    # For bench: --quick, --json <file>, --only <part of a name>.
    [Parameter(ValueFromRemainingArguments)]
    [string[]] $Arguments
)
$ErrorActionPreference = 'Stop'
Set-Location -LiteralPath $PSScriptRoot
if (-not (Get-Command dotnet -CommandType Application -ErrorAction Ignore)) {
    throw "The .NET 10 SDK is needed: no 'dotnet' on PATH."
}
$env:DOTNET_NOLOGO = '1'
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:MSBUILDTERMINALLOGGER = 'off'
# By way of the environment, where neither blanks nor semicolons mean anything to MSBuild.
$env:BenchArguments = @($Arguments | ForEach-Object { '"{0}"' -f $_ }) -join ' '
# The pwsh this runs in is the one that the quickstart and the Pester suites are run with.
dotnet msbuild build/Verbs.proj "-t:$Verb" -nologo -v:minimal -m -nodeReuse:false "-p:PowerShellExe=$PSHOME/pwsh"
exit $LASTEXITCODE

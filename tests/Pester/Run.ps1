<#
.SYNOPSIS
Runs the Pester suites and writes their counts where the build adds them up. Without Pester it says so.
#>
param([Parameter(Mandatory)] [string] $ResultFile)

if (-not (Get-Module -ListAvailable Pester | Where-Object Version -ge '5.0')) {
    Write-Host 'The Pester suites were not run: Pester 5 or later is not installed.'
    return
}
Import-Module Pester -ErrorAction Stop
$run = Invoke-Pester -Path $PSScriptRoot -PassThru -Output Normal
$executed = $run.PassedCount + $run.FailedCount
@"
<TestRun><ResultSummary><Counters total="$($run.TotalCount)" executed="$executed" passed="$($run.PassedCount)" failed="$($run.FailedCount)" /></ResultSummary></TestRun>
"@ | Set-Content -LiteralPath $ResultFile

# A file that cannot be read, or a block that cannot be set up, is a failure without a failed test.
exit [int] ($run.Result -ne 'Passed')

<#
.SYNOPSIS
Fleet drift check: does every host run on the same machine image?

.DESCRIPTION
Takes two slices of four hosts, has every host describe itself and hash its shard of the .NET runtime it runs on, and
compares the digests with what this machine says. Together the shards cover every file once. One host is made to
differ, to show what drift looks like.

It starts everything it needs on this machine and leaves nothing behind. To use a fleet of your own instead, whose key file
lies where 'eformer-host keys new' puts it:
    ./samples/quickstart.ps1 -Store 'redis.example:6380,ssl=true'
#>
param([string] $Store)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../Eformer.Pool.psd1"

# What every host does. Language and .NET only, so it runs on hosts without pwsh as well.
$inspect = {
    param([int] $DriftedShard, [int] $HostsPerSlice, [int] $HostCount)

    $shard = [int] $env:EXECUTOR_CALL_SLICE * $HostsPerSlice + [int] $env:TPU_HOST_ID
    $folder = [Runtime.InteropServices.RuntimeEnvironment]::GetRuntimeDirectory()

    # Every HostCount-th file, in an order that is the same everywhere.
    $files = [string[]] [IO.Directory]::GetFiles($folder)
    [Array]::Sort($files, [StringComparer]::Ordinal)
    $sha = [Security.Cryptography.IncrementalHash]::CreateHash('SHA256')
    $count = 0
    for ($i = $shard; $i -lt $files.Length; $i += $HostCount) {
        $sha.AppendData([IO.File]::ReadAllBytes($files[$i]))
        $count++
    }
    if ($shard -eq $DriftedShard) {
        $sha.AppendData([byte[]] (0x2A))     # as if one file had a byte more
    }

    $memory = [GC]::GetGCMemoryInfo()
    [pscustomobject] @{
        Node     = [Environment]::MachineName
        OS       = [Runtime.InteropServices.RuntimeInformation]::OSDescription
        Kernel   = [Environment]::OSVersion.Version.ToString()
        Cores    = [Environment]::ProcessorCount
        FreeMB   = [long] (($memory.TotalAvailableMemoryBytes - $memory.MemoryLoadBytes) / 1MB)
        DiskGB   = [long] ([IO.DriveInfo]::new([IO.Path]::GetTempPath()).AvailableFreeSpace / 1GB)
        UpHours  = [Math]::Round([Environment]::TickCount64 / 3600000.0, 1)
        Folder   = $folder
        Shard    = $shard
        Files    = $count
        Digest   = [Convert]::ToHexString($sha.GetHashAndReset()).ToLowerInvariant()
    }
}

$slices = 2
$hosts = 4
$drifted = 6             # the third host of the second slice
$options = if ($Store) { @{ Store = $Store } } else { @{ Local = $true } }

Write-Host "Taking $slices slices of $hosts hosts ..."
$pool = New-SlicePool @options -SliceCount $slices -HostsPerSlice $hosts
try {
    $reports = @($pool | Invoke-OnEachHost $inspect -ArgumentList $drifted, $hosts, ($slices * $hosts))

    # The same work once more, here, to compare with.
    $expected = @{}
    $total = 0
    foreach ($report in $reports) {
        $files = [string[]] [IO.Directory]::GetFiles($report.Folder)
        [Array]::Sort($files, [StringComparer]::Ordinal)
        $sha = [Security.Cryptography.IncrementalHash]::CreateHash('SHA256')
        for ($i = $report.Shard; $i -lt $files.Length; $i += $slices * $hosts) {
            $sha.AppendData([IO.File]::ReadAllBytes($files[$i]))
        }
        $expected[$report.Shard] = [Convert]::ToHexString($sha.GetHashAndReset()).ToLowerInvariant()
        $total += $report.Files
    }

    # Results come as hosts finish; the shard's number is the host's place.
    $sorted = [object[]]::new($reports.Length)
    foreach ($report in $reports) { $sorted[$report.Shard] = $report }
    $row = '{0,-10} {1,-12} {2,-12} {3,5} {4,8} {5,8} {6,8} {7,5}  {8,-12} {9}'
    Write-Host ''
    Write-Host ($row -f 'Host', 'Node', 'Kernel', 'Cores', 'Free MB', 'Disk GB', 'Up h', 'Files', 'SHA-256', 'Verdict')
    foreach ($report in $sorted) {
        $verdict = if ($report.Digest -eq $expected[$report.Shard]) { 'same' } else { 'DIFFERS' }
        Write-Host ($row -f $report.PSComputerName, $report.Node, $report.Kernel, $report.Cores, $report.FreeMB, $report.DiskGB,
            $report.UpHours, $report.Files, $report.Digest.Substring(0, 12), $verdict)
    }

    $differing = @(foreach ($report in $sorted) { if ($report.Digest -ne $expected[$report.Shard]) { "$($report.PSComputerName)" } })
    $inFolder = [IO.Directory]::GetFiles($sorted[0].Folder).Length
    Write-Host ''
    Write-Host "OS: $($sorted[0].OS)"
    Write-Host "$total of $inFolder files in $($sorted[0].Folder) were hashed, each by one host."
    Write-Host "$($sorted.Length - $differing.Length) of $($sorted.Length) hosts agree with this machine; differing: $($differing -join ', ')."
    if ($total -ne $inFolder -or "$differing" -ne "$($sorted[$drifted].PSComputerName)") {
        throw "The check itself is wrong: expected only $($sorted[$drifted].PSComputerName) to differ, and every file to be hashed once."
    }
}
finally {
    $pool | Remove-SlicePool
    Write-Host 'The pool is removed.'
}

# Invoke-Command over sessions that stay open: what pwsh itself has for other machines. See PeerProgram.
param([int] $Port, [string] $KeyFile, [string] $UserName)
$ErrorActionPreference = 'Stop'
$options = @{ StrictHostKeyChecking = 'no'; UserKnownHostsFile = '/dev/null'; LogLevel = 'ERROR' }
$sessions = 1..8 | ForEach-Object { New-PSSession -HostName 127.0.0.1 -Port $Port -KeyFilePath $KeyFile -UserName $UserName -Options $options }
$works = @{
    'no-op'     = { Invoke-Command -Session $sessions -ScriptBlock { } }
    'no-op one' = { Invoke-Command -Session $sessions[0] -ScriptBlock { } }
    'integers'  = {
        $received = Invoke-Command -Session $sessions -ScriptBlock { 1..10000 }
        if ($received.Count -ne 80000) { throw 'Not every integer arrived.' }
    }
}
foreach ($i in 1..20) { & $works['no-op'] }
[Console]::Out.WriteLine('ready')
while ($null -ne ($line = [Console]::In.ReadLine())) {
    $start = [System.Diagnostics.Stopwatch]::GetTimestamp()
    & $works[$line]
    $took = [System.Diagnostics.Stopwatch]::GetElapsedTime($start).TotalSeconds
    [Console]::Out.WriteLine('took ' + $took.ToString([cultureinfo]::InvariantCulture))
}
$sessions | Remove-PSSession

# ForEach-Object -Parallel with 8 threads: what pwsh itself has for many at once, without hosts. See PeerProgram.
$ErrorActionPreference = 'Stop'
$works = @{
    'no-op'    = { 1..8 | ForEach-Object -Parallel { } -ThrottleLimit 8 }
    'integers' = {
        $received = 1..8 | ForEach-Object -Parallel { 1..10000 } -ThrottleLimit 8
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

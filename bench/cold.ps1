# From nothing to the first result on 8 local hosts: printed when all have answered.
$pool = New-SlicePool -Local -SliceCount 2 -HostsPerSlice 4
$results = @(Invoke-OnEachHost $pool { 1 })
[Console]::Out.WriteLine("results $($results.Count)")
Remove-SlicePool $pool

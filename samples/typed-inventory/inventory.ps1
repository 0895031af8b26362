# Do all hosts have the same files? Build the sample first: dotnet build samples/typed-inventory
param([string] $Path = [IO.Path]::GetDirectoryName([object].Assembly.Location))
Import-Module $PSScriptRoot/../../Eformer.Pool.psd1
Import-Module $PSScriptRoot/../../out/build/bin/TypedInventory/release/TypedInventory.psd1

$pool = New-SlicePool -Local -HostsPerSlice 4
$pool | Measure-HostFile -Path $Path -Options @{ Filter = '*.dll' }                # a typed object from every host, tagged with the host
$pool | Find-HostFile -Path $Path -Options @{ MinBytes = 5MB; ShardOf = 4 } -Hash  # each host lists its share, streamed
$pool | Remove-SlicePool

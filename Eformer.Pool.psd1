@{
    RootModule           = 'out/module/Eformer.Pool.Module.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = 'ad8fc068-99d9-47ac-93ac-8a700f7ebb39'
    Author               = 'Eformer.Pool contributors'
    CompanyName          = 'Eformer.Pool contributors'
    Copyright            = '(c) Eformer.Pool contributors. Licensed under Apache-2.0.'
    Description          = 'Leases slices of accelerator hosts, runs script blocks on every host, and gives one honest outcome per host.'
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('out/module/Eformer.Pool.Format.ps1xml')
    TypesToProcess       = @('out/module/Eformer.Pool.Types.ps1xml')
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    CmdletsToExport      = @(
        'Clear-SlicePool'
        'Connect-SlicePool'
        'Disconnect-SlicePool'
        'Get-SliceHost'
        'Get-SlicePool'
        'Get-SlicePoolDemand'
        'Get-SlicePoolEvent'
        'Get-SlicePoolMember'
        'Get-SlicePoolRun'
        'Import-SlicePoolFunction'
        'Initialize-SlicePool'
        'Invoke-OnEachHost'
        'Invoke-OnEachSlice'
        'New-SlicePool'
        'Receive-SlicePoolRun'
        'Remove-SlicePool'
        'Remove-SlicePoolRun'
        'Resize-SlicePool'
        'Resume-SliceHost'
        'Start-HostWorker'
        'Stop-HostWorker'
        'Stop-SlicePoolRun'
        'Suspend-SliceHost'
        'Test-SlicePool'
        'Test-SlicePoolStore'
        'Wait-SlicePoolRun'
    )
    PrivateData          = @{
        PSData = @{
            Tags       = @('PSEdition_Core', 'Linux', 'TPU', 'Cluster', 'Fleet', 'Remoting', 'Redis')
            LicenseUri = 'https://www.apache.org/licenses/LICENSE-2.0'
        }
    }
}

# The same path as tests/Module.Tests, at a real prompt: pwsh with Pester 5 or later.
#   Invoke-Pester tests/Pester
#Requires -Version 7.6

BeforeAll {
    $manifest = Join-Path $PSScriptRoot '../../Eformer.Pool.psd1'
    Import-Module $manifest -Force
}

AfterAll {
    Remove-Module Eformer.Pool -ErrorAction Ignore
}

Describe 'The module' {
    It 'has a valid manifest' {
        (Test-ModuleManifest $manifest).ExportedCmdlets.Keys | Sort-Object |
            Should -Be ((Get-Command -Module Eformer.Pool).Name | Sort-Object)
    }

    It 'uses approved verbs' {
        (Get-Command -Module Eformer.Pool).Verb | Sort-Object -Unique | Should -BeIn (Get-Verb).Verb
    }

    It 'leaves third-party libraries out of the default load context' {
        Get-SlicePool -Store 127.0.0.1:1 -ErrorAction Ignore
        [Runtime.Loader.AssemblyLoadContext]::Default.Assemblies.ForEach{ $_.GetName().Name } | Should -Not -Contain 'StackExchange.Redis'
    }
}

Describe 'Bad input' {
    It 'refuses <Script> with <Id>' -ForEach @(
        @{ Script = { New-SlicePool 'Bad Name' -Local }; Id = 'InvalidName' }
        @{ Script = { New-SlicePool -Local -SliceCount 0 }; Id = 'InvalidSize' }
        @{ Script = { New-SlicePool -Local -LeaseSec 5 }; Id = 'ParameterArgumentValidationError' }
        @{ Script = { Invoke-OnEachHost none { $using:nothing } }; Id = 'UsingVariableIsUndefined' }
        @{ Script = { Invoke-OnEachHost none { 1 } -ArgumentList (ConvertTo-SecureString x -AsPlainText) }; Id = 'SecretInArgument' }
        @{ Script = { Invoke-OnEachHost none { 1 } -Environment @{ TPU_HOST_ID = 1 } }; Id = 'ReservedVariable' }
        @{ Script = { Get-SlicePool none -ErrorAction Stop }; Id = 'PoolNotFound' }
    ) {
        $Script | Should -Throw -ErrorId "$Id,*"
    }
}

Describe 'A local pool of 2 x 4 hosts' {
    BeforeAll {
        $pool = New-SlicePool -Local -SliceCount 2 -HostsPerSlice 4
    }

    AfterAll {
        $pool | Remove-SlicePool
        Get-SlicePool | Should -BeNullOrEmpty
    }

    It 'answers from every host' {
        $answers = $pool | Invoke-OnEachHost { "$env:TPU_SLICE_NAME/$env:TPU_HOST_ID" }
        $answers | Sort-Object -Unique | Should -HaveCount 8
        $answers | ForEach-Object { $_ | Should -Be $_.PSComputerName }
    }

    It 'has the commands of pwsh on its hosts' {
        $pool | Invoke-OnEachHost { (Get-Date).Year; Get-Process -Id $PID | Select-Object -ExpandProperty Id } -Slice 0 -HostId 0 | Should -HaveCount 2
    }

    It 'gives seven results and one error when one host throws' {
        $results = $pool | Invoke-OnEachHost {
            if ($env:EXECUTOR_CALL_SLICE -eq 1 -and $env:TPU_HOST_ID -eq 2) { throw 'boom' }
            'fine'
        } -ErrorVariable problems -ErrorAction SilentlyContinue
        $results | Should -HaveCount 7
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'boom'
        $problems[0].PSComputerName | Should -Match '/2$'
    }

    It 'gives one result per host, in order' {
        $results = $pool | Invoke-OnEachHost { if ($env:TPU_HOST_ID -eq 3) { exit 3 } } -AsResult
        $results.ForEach{ "$($_.SliceId)/$($_.HostId)" } | Should -Be ($results.ForEach{ "$($_.SliceId)/$($_.HostId)" } | Sort-Object)
        $results.Where{ $_.Outcome -eq 'Failed' }.ExitCode | Should -Be 3, 3
    }

    It 'stops the run when the pipeline wants no more' {
        $first = $pool | Invoke-OnEachHost { 'x'; while ($true) { Start-Sleep -Milliseconds 50 } } | Select-Object -First 1
        $first | Should -Be 'x'
        $pool | Invoke-OnEachHost { 1 } | Should -HaveCount 8
    }

    It 'writes streams as streams' {
        $all = $pool | Invoke-OnEachHost -Slice 0 -HostId 0 { Write-Warning w; Write-Host h; Write-Error e; 'o' } *>&1
        $all.ForEach{ $_.GetType().Name } | Sort-Object | Should -Be 'InformationRecord', 'RemotingErrorRecord', 'String', 'WarningRecord'
    }

    It 'prints as tables' {
        $pool | Out-String | Should -Match 'Name\s+State\s+Slices\s+Hosts'
        $pool | Get-SlicePoolMember -Level Host | Out-String | Should -Match 'Host\s+Node\s+Devices\s+Healthy'
    }
}

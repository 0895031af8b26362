using Eformer.Pool.HostWorker.Tests.Support;

namespace Eformer.Pool.HostWorker.Tests.Runners;

public sealed class BorrowedEngineTests
{
    [Fact]
    public async Task Everything_of_the_installed_pwsh_is_there()
    {
        Assert.SkipWhen(HostProgram.Pwsh is null, "pwsh 7.6 is not installed here; set EFORMER_PWSH to its folder.");
        await using RunnerBench bench = await RunnerBench.StartAsync(HostProgram.Pwsh);
        RunResult result = await bench.RunAsync(
            """
            "pwsh $($PSVersionTable.PSVersion)"
            $PSHOME
            (Get-Date).GetType().Name
            (Get-Process -Id $PID).Id -eq $PID
            @{ a = 1 } | ConvertTo-Json -Compress
            (Get-Module Microsoft.PowerShell.Utility).ModuleBase
            ($env:PSModulePath -split ':') -contains "$PSHOME/Modules"
            (Get-Item /).UnixMode.Length -gt 0
            (1..3 | Measure-Object -Sum).Sum
            (1..2 | ForEach-Object -Parallel { $_ } | Sort-Object) -join ','
            """);
        string folder = HostProgram.Pwsh!.Folder;
        Assert.Empty(result.Of(RecordKind.Error));
        Assert.Equal([HostProgram.Pwsh.Description, folder, "DateTime", true, "{\"a\":1}", folder, true, true, 6.0, "1,2"], result.Output);
    }
}

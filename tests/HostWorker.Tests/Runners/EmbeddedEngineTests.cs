using System.Management.Automation;
using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.HostWorker.Tests.Support;

namespace Eformer.Pool.HostWorker.Tests.Runners;

public sealed class EmbeddedEngineTests
{
    [Fact]
    public async Task Any_other_missing_command_says_that_pwsh_is_missing()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync("'a'; Get-Nothing -Here; 'b'");
        PSObject error = Assert.IsType<PSObject>(Assert.Single(result.Of(RecordKind.Error)));
        Assert.Equal("CommandNotFoundException", error.Properties["FullyQualifiedErrorId"].Value);
        Assert.Contains("PowerShell 7.6 or later (pwsh) must be installed", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("'Get-Nothing'", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(["a", "b"], result.Output);
    }

    [Fact]
    public async Task A_missing_command_can_be_caught_and_asked_for()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync(
            """
            try { Get-Nothing } catch [System.Management.Automation.CommandNotFoundException] { "caught $($_.TargetObject) $($_.InvocationInfo.ScriptLineNumber)" }
            $null -eq (Get-Command Get-Nothing -ErrorAction Ignore)
            """);
        Assert.Equal(["caught Get-Nothing 1", true], result.Output);
        Assert.False(result.End.HadErrors);
    }

    [Fact]
    public async Task Write_cmdlets_take_what_the_real_ones_take()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync(
            """
            Write-Output 1 2 | ForEach-Object { "<$_>" }
            (Write-Output -InputObject (1, 2) -NoEnumerate).Count
            1..2 | Write-Output
            echo 'alias'
            'w1', 'w2' | Write-Warning
            Write-Error -Exception ([IO.IOException]::new('io')) -Message 'said' -Category ReadError
            try { Write-Error 'stop' -ErrorAction Stop } catch { Write-Error -ErrorRecord $_ -CategoryReason Why }
            function f { Write-Error 'in f' -ErrorId Mine }; f
            """);
        Assert.Equal(["<1>", "<2>", 2, 1, 2, "alias"], result.Output);
        Assert.Equal(["w1", "w2"], result.Of(RecordKind.Warning));
        PSObject[] errors = [.. result.Of(RecordKind.Error).Cast<PSObject>()];
        Assert.Equal(["said", "stop", "in f"], errors.Select(error => error.ToString()));
        Assert.Equal(
            ["System.IO.IOException", "Microsoft.PowerShell.Commands.WriteErrorException", "Mine,f"],
            errors.Select(error => ((string)error.Properties["FullyQualifiedErrorId"].Value).Split(",Eformer")[0]));
        Assert.Equal(RunnerEndKind.Completed, result.End.Kind);
    }

    [Fact]
    public async Task Tags_of_PowerShell_are_refused()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync("Write-Information 'x' -Tags PSHOST");
        PSObject error = Assert.IsType<PSObject>(Assert.Single(result.Of(RecordKind.Error)));
        Assert.StartsWith("PSPrefixReservedInInformationTag", (string)error.Properties["FullyQualifiedErrorId"].Value, StringComparison.Ordinal);
    }
}

using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.HostWorker.Tests.Support;

namespace Eformer.Pool.HostWorker.Tests.Runners;

public sealed class RunnerHowFarTests
{
    private const string Show =
        """
        function Show { [CmdletBinding()] param($id, $activity, $percent, [switch] $done)
            $r = [System.Management.Automation.ProgressRecord]::new($id, $activity, 'Processing'); $r.PercentComplete = $percent
            if ($done) { $r.RecordType = 'Completed' }
            $PSCmdlet.WriteProgress($r) }

        """;

    [Theory]
    [InlineData("while ($true) { }", false, false)]
    [InlineData("[Threading.Thread]::Sleep(-1)", false, true)]
    [InlineData("while (-not [IO.File]::Exists('SEEN')) { }; /bin/kill -9 $PID", true, true)]
    public async Task An_end_that_is_none_of_the_scripts_own_counts_what_came(string last, bool dies, bool gone)
    {
        using TempFolder folder = new();
        string seen = folder.File("seen");
        await using RunnerBench bench = await RunnerBench.StartAsync();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        RunResult result = await bench.RunAsync(
            Show + "1..600; Write-Warning 'no object'; Show 1 Copying 10; Show 1 Copying 40; Show 2 Inner 5; Show 2 Inner 5 -done; Show 1 Copying 60; 'go'; " + last.Replace("SEEN", seen, StringComparison.Ordinal),
            onObject: (_, value) => Stop(value, stop, seen),
            stop: !dies ? stop.Token : TestContext.Current.CancellationToken);
        Assert.Equal((dies ? RunnerEndKind.Died : RunnerEndKind.Stopped, gone, 601L), (result.End.Kind, result.End.RunnerGone, result.End.Objects));
        Assert.Equal(new RunProgress("Copying", "", 60), result.End.Progress);
    }

    [Fact]
    public async Task Progress_that_is_over_is_none()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync(Show + "Show 1 Copying 10; Show 1 Copying 100 -done; 1..3");
        Assert.Equal((3L, null), (result.End.Objects, result.End.Progress));
    }

    private static void Stop(object? value, CancellationTokenSource stop, string seen)
    {
        if (value is "go")
        {
            // What is on its way when a runner dies never came.
            File.WriteAllText(seen, "");
            stop.Cancel();
        }
    }
}

using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.HostWorker.Tests.Support;

namespace Eformer.Pool.HostWorker.Tests.Runners;

/// <summary>A script that closes the runspace it runs in: the engine waits for the script then, and the script for the engine.</summary>
public sealed class ClosedRunspaceTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("[runspace]::DefaultRunspace.Close()", false)]
    [InlineData("[runspace]::DefaultRunspace.Dispose()", false)]
    [InlineData("[runspace]::DefaultRunspace.CloseAsync(); while ($true) { }", false)]
    [InlineData("try { [runspace]::DefaultRunspace.Close() } catch { } finally { 'after' }", false)]
    [InlineData("[runspace]::DefaultRunspace.Close()", true)]
    public async Task It_has_its_end_at_once_and_its_runner_is_gone(string script, bool fresh)
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(s_patience);
        RunResult result = await bench.RunAsync(RunnerBench.Job("'before'; " + script) with { FreshRunspace = fresh }, stop: stop.Token);
        Assert.Equal((RunnerEndKind.Died, true), (result.End.Kind, result.End.RunnerGone));
        Assert.Equal("before", Assert.Single(result.Output));
        Assert.EndsWith("The script closed the runspace that it ran in, and with it the engine.", result.End.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_closes_a_runspace_of_its_own_goes_on()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync("$own = [runspacefactory]::CreateRunspace(); $own.Open(); $own.Close(); 'after'");
        Assert.Equal((RunnerEndKind.Completed, "after"), (result.End.Kind, result.Output.Single()));
    }
}

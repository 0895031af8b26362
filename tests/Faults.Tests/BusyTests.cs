using Eformer.Pool.Faults.Tests.Support;
using Xunit;

namespace Eformer.Pool.Faults.Tests;

/// <summary>A host does one thing at a time, and says what when it is asked for another.</summary>
public sealed class BusyTests(SharedServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_run_is_refused_names_the_first_and_does_not_disturb_it()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        await using RunHandle first = await pool.StartAsync(fleet.Evidence.WaitingScript("first"));
        await fleet.Evidence.AwaitAsync("first", hosts: 2, Token);
        AttemptEnd[] refused = await pool.RunAsync("1");
        Assert.All(refused, end => Assert.Equal((RunOutcome.NeverStarted, true, $"busy with run {first.RunId}"), (end.Outcome, end.HostBusy, end.Evidence)));

        // A slice that is not ready is said to be so, with the reason per host, and nothing is dropped.
        SliceReadiness readiness = Assert.Single(await pool.PrepareAllSlicesAsync(Token));
        Assert.Equal((false, 0, 2), (readiness.Ready, readiness.ReadyCount, readiness.HostCount));
        Assert.All(readiness.Why, why => Assert.Contains("busy with run", why, StringComparison.Ordinal));
        Assert.Single(pool.GetAllPoolMembers());
        fleet.Evidence.Release("first");
        (await first.EndsAsync()).AllAre(RunOutcome.Succeeded);
        Assert.True(Assert.Single(await pool.PrepareAllSlicesAsync(Token)).Ready);
    }
}

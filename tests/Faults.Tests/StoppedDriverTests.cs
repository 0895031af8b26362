using Eformer.Pool.Faults.Tests.Driver;
using Eformer.Pool.Faults.Tests.Support;
using Xunit;

namespace Eformer.Pool.Faults.Tests;

/// <summary>A driver that is stopped for longer than its lease and goes on: its hosts are others' by then, and it must not disturb them.</summary>
public sealed class StoppedDriverTests(SharedServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_has_lost_its_hosts_and_whoever_has_them_is_not_disturbed()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        AgentProcess agent = await fleet.StartAgentAsync();
        DriverProcess driver = fleet.StartDriver("night", 2, leaseSec: 10, fleet.Evidence.EndlessScript("stopped"));
        await fleet.Evidence.AwaitAsync("stopped", hosts: 2, Token);
        await driver.SignalAsync("STOP");
        await fleet.AwaitIdleAsync();
        Assert.Empty(fleet.UserProcesses());

        SlicePoolManager next = await fleet.OpenPoolAsync("day");
        await using RunHandle run = await next.StartAsync(fleet.Evidence.WaitingScript("next"));
        await fleet.Evidence.AwaitAsync("next", hosts: 2, Token);
        await driver.SignalAsync("CONT");

        // It reads its run to the end, which is that its lease was lost, and goes.
        Assert.Equal(0, await Eventually.AnswersAsync(driver.WaitForExitAsync(Token), Token));
        Assert.Equal(2, fleet.Evidence.Processes("stopped").Length);
        fleet.Evidence.Release("next");
        (await run.EndsAsync()).AllAre(RunOutcome.Succeeded);
        LeaseHistory.Check(LeaseHistory.Read(agent.Log));
    }
}

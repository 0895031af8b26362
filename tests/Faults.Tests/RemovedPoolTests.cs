using Eformer.Pool.Faults.Tests.Support;
using Xunit;

namespace Eformer.Pool.Faults.Tests;

/// <summary>What stays of a pool that was removed.</summary>
public sealed class RemovedPoolTests(SharedServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // Its lease would be renewed several times while the removal waits for its hosts.
    [Fact]
    public async Task Its_name_is_free_even_while_its_hosts_are_silent()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        AgentProcess agent = await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync("night", leaseSec: 10);
        await agent.SignalAsync("STOP");
        await pool.DisposeAsync();
        Assert.DoesNotContain((await fleet.Store.ReadFleetAsync(Token)).Pools, record => record.Name == "night");
        await agent.SignalAsync("CONT");
    }

    // With the slice that it had ended on gone, the run was taken for one that also goes on elsewhere: its other host lost its lease.
    [Fact]
    public async Task What_still_runs_is_cancelled_though_the_run_has_ended_on_a_slice_that_is_gone()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await fleet.StartAgentAsync("2x1");
        SlicePoolManager pool = await fleet.OpenPoolAsync(slices: 2, hostsPerSlice: 1);
        await using RunHandle run = await pool.StartAsync(
            $"if ($env:EXECUTOR_CALL_SLICE -eq '1') {{ {fleet.Evidence.Script("busy")}; while ($true) {{ [Threading.Thread]::Sleep(10) }} }}");
        Assert.Equal(RunOutcome.Succeeded, (await NextEndAsync(run)).Outcome);
        await fleet.Evidence.AwaitAsync("busy", hosts: 1, Token);
        await pool.DrainAsync(new DrainOptions { Slots = [0] }, Token);
        await pool.DisposeAsync();
        Assert.Equal(RunOutcome.Cancelled, (await NextEndAsync(run)).Outcome);
    }

    private static async Task<AttemptEnd> NextEndAsync(RunHandle run)
    {
        while (true)
        {
            RunRecord record = await run.Records.ReadAsync(Token);
            if (record.End is { } end)
            {
                return end;
            }
        }
    }
}

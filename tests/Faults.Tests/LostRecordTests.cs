using Eformer.Pool.Faults.Tests.Support;
using StackExchange.Redis;
using Xunit;

namespace Eformer.Pool.Faults.Tests;

/// <summary>A store that forgets agents: they register anew, and no driver waits for what can never come.</summary>
public sealed class LostRecordTests(SharedServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(EachSingleServer))]
    public async Task An_agent_whose_record_vanished_registers_under_a_new_incarnation(ServerKind kind)
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(kind));
        AgentProcess agent = await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        await using RunHandle run = await pool.StartAsync(fleet.Evidence.EndlessScript("mid"));
        await fleet.Evidence.AwaitAsync("mid", hosts: 2, Token);
        string incarnation = (await fleet.HostsAsync())[0].Incarnation;
        await fleet.Raw.HashDeleteAsync(fleet.Key("agents"), [.. (await fleet.HostsAsync()).Select(host => (RedisValue)host.AgentId).Distinct()]);

        (await run.EndsAsync()).AllAre(RunOutcome.LeaseLost, RunOutcome.HostLost, RunOutcome.Unknown);
        await Eventually.TrueAsync(
            async () => await fleet.HostsAsync() is { Count: 2 } hosts && hosts.All(host => host.Alive && host.Incarnation.Length > 0 && host.Incarnation != incarnation), "it is there again", Token);
        await fleet.AwaitUserCodeGoneAsync();
        // The slice is lost with the agent's incarnation, and replaced by the same hosts under the same ids.
        long epoch = (await fleet.HostsAsync()).Max(host => host.FenceEpoch);
        await pool.SucceedsSoonAsync("1");
        Assert.True(pool.GetAllActorsInPool()[0].Epoch >= epoch);
        await ServesAgainAsync(fleet, pool);
        LeaseHistory.Check(LeaseHistory.Read(agent.Log));
    }

    [Theory, ClassData(typeof(EachSingleServer))]
    public async Task A_store_that_lost_everything_ends_the_run_and_takes_the_lease_back_from_those_who_hold_it(ServerKind kind)
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(kind));
        AgentProcess agent = await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        await using RunHandle run = await pool.StartAsync(fleet.Evidence.EndlessScript("mid"));
        await fleet.Evidence.AwaitAsync("mid", hosts: 2, Token);
        long epoch = pool.GetAllActorsInPool()[0].Epoch;
        string generation = (await fleet.Store.ReadFleetAsync(Token)).Generation;
        await Task.WhenAll(fleet.KeysInStore().Select(key => fleet.Raw.KeyDeleteAsync(key)));

        (await run.EndsAsync()).AllAre(RunOutcome.LeaseLost, RunOutcome.HostLost, RunOutcome.Unknown);
        // The script was stopped, because nobody can hear what comes of it; the lease goes on.
        await pool.SucceedsSoonAsync("1");
        Assert.Equal(epoch, pool.GetAllActorsInPool()[0].Epoch);
        await ServesAgainAsync(fleet, pool);
        Assert.True(pool.GetAllActorsInPool()[0].Epoch > epoch);
        Assert.NotEqual(generation, (await fleet.Store.ReadFleetAsync(Token)).Generation);
        LeaseHistory.Check(LeaseHistory.Read(agent.Log));
    }

    private static async Task ServesAgainAsync(Fleet fleet, SlicePoolManager pool)
    {
        await pool.DrainActorPoolAsync(Token);
        await fleet.AwaitUserCodeGoneAsync();
        await fleet.AwaitIdleAsync();
        await pool.ScaleMultisliceAsync(1, Token);
        await pool.SucceedAsync("1");
    }
}

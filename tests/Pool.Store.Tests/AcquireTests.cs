using Eformer.Pool.RedisStore.Tests.Support;
using Eformer.Pool.Store;
using Xunit;

namespace Eformer.Pool.RedisStore.Tests;

public sealed class AcquireTests(SharedServers servers) : StoreTests(servers)
{
    [Theory, ClassData(typeof(EachServer))]
    public async Task All_hosts_are_granted_and_each_agent_is_told_once(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await fleet.RegisterAsync("a1", "i1", ["h0", "h1"]);
        await fleet.RegisterAsync("a2", "i2", ["h2"]);
        await using Bell first = await Bell.ListenAsync(fleet.Store, Doorbell.Agent("a1"), Token);
        await using Bell second = await Bell.ListenAsync(fleet.Store, Doorbell.Agent("a2"), Token);
        AcquireReply reply = await fleet.AcquireAsync("l1", "h0", "h1", "h2");
        Assert.Equal((AcquireStatus.Granted, 1, ""), (reply.Status, reply.Epoch, reply.Obstacle));
        Assert.Equal("L"u8.ToArray(), await first.NextAsync(Token));
        Assert.Equal("L"u8.ToArray(), await second.NextAsync(Token));
        first.AssertQuiet(kind);
        FleetSnapshot snapshot = await fleet.Store.ReadFleetAsync(Token);
        Assert.All(snapshot.Hosts, host => Assert.Equal((HostState.Granted, "l1", 1), (host.State, host.LeaseId, host.Epoch)));
        Assert.Equal((reply.Generation, reply.Generation), (snapshot.Generation, Assert.Single(snapshot.Leases).Generation));
        PoolRecord pool = Assert.Single(snapshot.Pools);
        Assert.Equal((TestFleet.Pool, TestFleet.Owner, "owner1@here"), (pool.Name, pool.OwnerId, pool.Owner));
        Assert.InRange(pool.RemainingMs, 1, 60_000);
        Assert.True(pool.CreatedMs > 1_700_000_000_000);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task One_host_that_is_not_free_refuses_all(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await fleet.RegisterAsync("a1", "i1", ["h0", "h1"]);
        await fleet.RegisterAsync("a2", "i2", ["h2"], lifeMs: 1);
        await fleet.AcquireAsync("l1", "h1");
        await Eventually.TrueAsync(async () => !(await fleet.HostAsync("h2")).Alive, "the agent counts as dead", Token);
        foreach (string obstacle in (string[])["h1", "h2", "h3"])
        {
            AcquireReply reply = await fleet.AcquireAsync("l2", "h0", obstacle);
            Assert.Equal((AcquireStatus.Conflict, obstacle), (reply.Status, reply.Obstacle));
        }

        FleetSnapshot snapshot = await fleet.Store.ReadFleetAsync(Token);
        Assert.Equal([HostState.Idle, HostState.Granted, HostState.Idle], snapshot.Hosts.Select(host => host.State));
        Assert.Equal("l1", Assert.Single(snapshot.Leases).LeaseId);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task The_same_lease_again_gets_the_same_answer(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        long epoch = await fleet.HoldAsync("a1", "i1", "l1", ["h0"]);
        AcquireReply again = await fleet.AcquireAsync("l1", "h0");
        Assert.Equal((AcquireStatus.Granted, epoch), (again.Status, again.Epoch));
        Assert.Equal(HostState.Held, await fleet.StateAsync("h0"));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_pool_of_another_living_owner_is_refused_until_it_lapses(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await fleet.RegisterAsync("a1", "i1", ["h0", "h1"]);
        await fleet.AcquireAsync("l1", TestFleet.Owner, TestFleet.Pool, 600, "h0");
        AcquireReply refused = await fleet.AcquireAsync("l2", "owner2", TestFleet.Pool, 60_000, "h1");
        Assert.Equal((AcquireStatus.PoolInUse, "owner1@here"), (refused.Status, refused.Obstacle));
        await Eventually.TrueAsync(
            async () => (await fleet.AcquireAsync("l2", "owner2", TestFleet.Pool, 60_000, "h1")).Status == AcquireStatus.Granted,
            "the pool lapses",
            Token);
        Assert.Equal("owner2", Assert.Single((await fleet.Store.ReadFleetAsync(Token)).Pools).OwnerId);
        Assert.False((await fleet.RenewAsync(60_000)).PoolHeld);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Epochs_rise_above_every_fence_and_heal_when_the_counter_is_lost(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await fleet.RegisterAsync("a1", "i1", ["h0", "h1", "h2", "h3", "h4"]);
        await fleet.BeatAsync("a1", "i1", new("h0", 5000, "old", false), new("h1", 7, "", false));
        Assert.Equal(5001, (await fleet.AcquireAsync("l0", "h0")).Epoch);
        Assert.Equal(5002, (await fleet.AcquireAsync("l1", "h1")).Epoch);
        await fleet.Raw.HashDeleteAsync(fleet.Key("meta"), "epoch");
        await fleet.BeatAsync("a1", "i1", new HostFence("h2", 5002, "x", false));
        Assert.Equal(5003, (await fleet.AcquireAsync("l2", "h2")).Epoch);
        await fleet.Raw.HashSetAsync(fleet.Key("meta"), "epoch", "nan");
        await fleet.BeatAsync("a1", "i1", new HostFence("h3", 6000, "x", false));
        Assert.Equal(6001, (await fleet.AcquireAsync("l3", "h3")).Epoch);
        await fleet.Raw.KeyDeleteAsync(fleet.Key("meta"));
        AcquireReply anew = await fleet.AcquireAsync("l4", "h4");
        Assert.Equal(AcquireStatus.Granted, anew.Status);
        Assert.Equal(anew.Generation, (await fleet.Store.ReadFleetAsync(Token)).Generation);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task An_epoch_that_scripts_cannot_count_any_more_is_never_granted(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await fleet.RegisterAsync("a1", "i1", ["h0"]);
        await fleet.Raw.HashSetAsync(fleet.Key("meta"), "epoch", "9007199254740993");
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => fleet.AcquireAsync("l1", "h0"));
        Assert.Equal("StoreDamaged", error.ErrorId);
        Assert.Equal(HostState.Idle, await fleet.StateAsync("h0"));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task The_generation_is_made_once(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        Assert.Equal("", (await fleet.Store.ReadFleetAsync(Token)).Generation);
        await fleet.RegisterAsync("a1", "i1", ["h0"]);
        string generation = (await fleet.Store.ReadFleetAsync(Token)).Generation;
        await fleet.RegisterAsync("a2", "i1", ["h1"]);
        await fleet.RenewAsync(60_000);
        Assert.Equal(generation, (await fleet.AcquireAsync("l1", "h0")).Generation);
        Assert.Equal(generation, (await fleet.Store.ReadFleetAsync(Token)).Generation);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Requests_for_nothing_or_for_one_host_twice_are_refused(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await fleet.RegisterAsync("a1", "i1", ["h0"]);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => fleet.AcquireAsync("l1"));
        await Assert.ThrowsAsync<ArgumentException>(() => fleet.AcquireAsync("l1", "h0", "h0"));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => fleet.AcquireAsync("l1", TestFleet.Owner, TestFleet.Pool, 0, "h0"));
        await Assert.ThrowsAsync<SlicePoolException>(() => fleet.AcquireAsync("l1", TestFleet.Owner, "No Pool", 1000, "h0"));
        Assert.Equal(HostState.Idle, await fleet.StateAsync("h0"));
    }
}

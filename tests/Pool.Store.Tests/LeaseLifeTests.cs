using Eformer.Pool.RedisStore.Tests.Support;
using Eformer.Pool.Store;
using StackExchange.Redis;
using Xunit;

namespace Eformer.Pool.RedisStore.Tests;

public sealed class LeaseLifeTests(SharedServers servers) : StoreTests(servers)
{
    [Theory, ClassData(typeof(EachServer))]
    public async Task A_renewal_extends_the_owners_leases_and_counts(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await fleet.RegisterAsync("a1", "i1", ["h0", "h1", "h2"]);
        await fleet.AcquireAsync("l0", TestFleet.Owner, TestFleet.Pool, 10_000, "h0");
        await fleet.AcquireAsync("l1", TestFleet.Owner, TestFleet.Pool, 10_000, "h1");
        await fleet.AcquireAsync("l2", "owner2", "day", 10_000, "h2");
        RenewReply reply = await fleet.RenewAsync(90_000, "l0", "l2", "gone");
        Assert.True(reply.PoolHeld);
        Assert.Equal(["l0"], reply.Renewed);
        await fleet.RenewAsync(90_000, "l0");
        FleetSnapshot snapshot = await fleet.Store.ReadFleetAsync(Token);
        Dictionary<string, LeaseRecord> leases = snapshot.Leases.ToDictionary(lease => lease.LeaseId);
        Assert.Equal((2, 0, 0), (leases["l0"].RenewalCount, leases["l1"].RenewalCount, leases["l2"].RenewalCount));
        Assert.InRange(leases["l0"].RemainingMs, 10_001, 90_000);
        Assert.InRange(leases["l1"].RemainingMs, 1, 10_000);
        Assert.InRange(snapshot.Pools.Single(pool => pool.Name == TestFleet.Pool).RemainingMs, 10_001, 90_000);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_pool_of_no_slices_is_made_and_kept_by_renewing(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        Assert.True((await fleet.RenewAsync(60_000)).PoolHeld);
        PoolRecord pool = Assert.Single((await fleet.Store.ReadFleetAsync(Token)).Pools);
        Assert.Equal((TestFleet.Pool, TestFleet.Owner, "ann"), (pool.Name, pool.OwnerId, pool.Owner));
        RenewReply other = await fleet.Store.RenewAsync(new RenewRequest(TestFleet.Pool, "owner2", "bob", 60_000, []), Token);
        Assert.False(other.PoolHeld);
        Assert.True((await fleet.RenewAsync(60_000)).PoolHeld);
        Assert.Equal(pool.CreatedMs, Assert.Single((await fleet.Store.ReadFleetAsync(Token)).Pools).CreatedMs);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_lapsed_lease_is_not_renewed(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await fleet.RegisterAsync("a1", "i1", ["h0"]);
        await fleet.AcquireAsync("l1", TestFleet.Owner, TestFleet.Pool, 1, "h0");
        await Eventually.TrueAsync(
            async () => Assert.Single((await fleet.Store.ReadFleetAsync(Token)).Leases).RemainingMs <= 0, "the lease lapses", Token);
        RenewReply reply = await fleet.RenewAsync(60_000, "l1");
        Assert.True(reply.PoolHeld);
        Assert.Empty(reply.Renewed);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Released_hosts_are_reclaimed_and_their_agent_told(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        long epoch = await fleet.HoldAsync("a1", "i1", "l1", ["h0"]);
        await using Bell bell = await Bell.ListenAsync(fleet.Store, Doorbell.Agent("a1"), Token);
        await fleet.Store.ReleaseAsync(new ReleaseRequest(TestFleet.Pool, "owner2", ["l1"], true), Token);
        Assert.Equal(HostState.Held, await fleet.StateAsync("h0"));
        await fleet.Store.ReleaseAsync(new ReleaseRequest(TestFleet.Pool, TestFleet.Owner, ["l1", "gone"], true), Token);
        Assert.Equal("L"u8.ToArray(), await bell.NextAsync(Token));
        FleetSnapshot snapshot = await fleet.Store.ReadFleetAsync(Token);
        Assert.Equal(HostState.Reclaiming, Assert.Single(snapshot.Hosts).State);
        Assert.Empty(snapshot.Leases);
        Assert.Empty(snapshot.Pools);
        await fleet.ReleaseAsync("l1");
        HeartbeatReply reply = await fleet.BeatAsync("a1", "i1", new HostFence("h0", epoch, "l1", true));
        Assert.Equal(new HostAssignment("h0", HostState.Reclaiming, "l1", epoch), Assert.Single(reply.Assignments));
        Assert.Empty(reply.Leases);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_late_release_does_not_touch_the_next_lease_of_a_host(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        long epoch = await fleet.HoldAsync("a1", "i1", "l1", ["h0"]);
        await fleet.ReleaseAsync("l1");
        await fleet.BeatAsync("a1", "i1", new HostFence("h0", epoch, "l1", false));
        await fleet.AcquireAsync("l2", "h0");
        await fleet.ReleaseAsync("l1");
        HostRecord host = await fleet.HostAsync("h0");
        Assert.Equal((HostState.Granted, "l2"), (host.State, host.LeaseId));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Reaping_removes_lapsed_leases_and_pools(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await fleet.RegisterAsync("a1", "i1", ["h0", "h1"]);
        await fleet.AcquireAsync("l0", TestFleet.Owner, TestFleet.Pool, 1, "h0");
        await fleet.AcquireAsync("l1", "owner2", "day", 60_000, "h1");
        await using Bell bell = await Bell.ListenAsync(fleet.Store, Doorbell.Agent("a1"), Token);
        int removed = 0;
        await Eventually.TrueAsync(async () => (removed += await fleet.Store.ReapAsync(Token)) >= 2, "lease and pool are reaped", Token);
        Assert.Equal("L"u8.ToArray(), await bell.NextAsync(Token));
        Assert.Equal(0, await fleet.Store.ReapAsync(Token));
        FleetSnapshot snapshot = await fleet.Store.ReadFleetAsync(Token);
        Assert.Equal([HostState.Reclaiming, HostState.Granted], snapshot.Hosts.Select(host => host.State));
        Assert.Equal("l1", Assert.Single(snapshot.Leases).LeaseId);
        Assert.Equal("day", Assert.Single(snapshot.Pools).Name);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Reaping_removes_agents_that_were_away_for_an_hour(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await fleet.RegisterAsync("a1", "i1", ["h0"]);
        await fleet.RegisterAsync("a2", "i2", ["h1"]);
        await fleet.RegisterAsync("a3", "i3", ["h2"]);
        RedisKey beats = fleet.Key("beats");
        await fleet.Raw.SortedSetDecrementAsync(beats, "a1", 60_000 + (61 * 60_000));
        await fleet.Raw.SortedSetDecrementAsync(beats, "a2", 60_000 + (59 * 60_000));
        Assert.Equal(1, await fleet.Store.ReapAsync(Token));
        FleetSnapshot snapshot = await fleet.Store.ReadFleetAsync(Token);
        Assert.Equal([("h1", false), ("h2", true)], snapshot.Hosts.Select(host => (host.Registration.Host, host.Alive)));
        Assert.Equal(HeartbeatStatus.Unknown, (await fleet.BeatAsync("a1", "i1")).Status);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Reaping_works_in_bounded_batches(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        string[] hosts = [.. Enumerable.Range(0, 100).Select(i => $"h{i:D3}")];
        await fleet.RegisterAsync("a1", "i1", hosts);
        await Task.WhenAll(hosts.Select((host, i) => fleet.AcquireAsync($"l{i}", TestFleet.Owner, TestFleet.Pool, 1, host)));
        int largest = 0, sum = 0;
        await Eventually.TrueAsync(
            async () =>
            {
                int removed = await fleet.Store.ReapAsync(Token);
                largest = Math.Max(largest, removed);
                return (sum += removed) >= 101;
            },
            "everything is reaped",
            Token);
        Assert.Equal(101, sum);
        Assert.InRange(largest, 1, 65);
    }
}

using Eformer.Pool.RedisStore.Tests.Support;
using Eformer.Pool.Store;
using Xunit;

namespace Eformer.Pool.RedisStore.Tests;

/// <summary>Pools that live on without their driver, and are taken over.</summary>
public sealed class KeptPoolTests(SharedServers servers) : StoreTests(servers)
{
    private static readonly byte[] s_wish = "a signed wish"u8.ToArray();

    [Theory, ClassData(typeof(EachServer))]
    public async Task The_wish_reaches_the_agents_and_whoever_reads_the_fleet(ServerKind kind)
    {
        await using TestFleet fleet = await KeptAsync(kind, attended: true);
        Assert.Equal(s_wish, (await fleet.PoolAsync()).Keep.ToArray());
        HeartbeatReply reply = await fleet.BeatAsync("a1", "i1", new HostFence("h0", 1, "l1", true));
        Assert.Equal(s_wish, Assert.Single(reply.Leases).Keep.ToArray());
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Of_many_agents_that_renew_at_once_one_does(ServerKind kind)
    {
        await using TestFleet fleet = await KeptAsync(kind, attended: false);
        bool[] renewed = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => fleet.KeepAsync("l1", 1)));
        Assert.Single(renewed, won => won);
        Assert.Equal(2, Assert.Single((await fleet.Store.ReadFleetAsync(Token)).Leases).RenewalCount);
        Assert.False(await fleet.KeepAsync("l1", 1));
        Assert.False(await fleet.KeepAsync("other", 0));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Of_many_drivers_that_take_over_one_does_and_the_old_one_is_refused(ServerKind kind)
    {
        await using TestFleet fleet = await KeptAsync(kind, attended: false);
        AdoptStatus[] statuses = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => fleet.AdoptAsync($"new{i}", "l1", "h0")));
        Assert.Single(statuses, status => status == AdoptStatus.Adopted);
        Assert.Equal(7, statuses.Count(status => status == AdoptStatus.Attended));
        LeaseRecord lease = Assert.Single((await fleet.Store.ReadFleetAsync(Token)).Leases);
        Assert.Equal((await fleet.PoolAsync()).OwnerId, lease.Grant.OwnerId);
        Assert.StartsWith("new", lease.Grant.OwnerId, StringComparison.Ordinal);
        Assert.Equal((2, 1), (lease.RenewalCount, lease.Epoch));
        Assert.False((await fleet.RenewAsync(60_000, "l1")).PoolHeld);
        await fleet.ReleaseAsync("l1");
        Assert.Equal(HostState.Held, await fleet.StateAsync("h0"));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_pool_whose_driver_is_there_or_that_is_not_kept_is_not_taken(ServerKind kind)
    {
        await using TestFleet fleet = await KeptAsync(kind, attended: true);
        Assert.Equal(AdoptStatus.Attended, await fleet.AdoptAsync("new1", "l1", "h0"));
        await fleet.Store.RenewAsync(new RenewRequest(TestFleet.Pool, TestFleet.Owner, "ann", 60_000, ["l1"]) { Attended = false }, Token);
        Assert.Equal(AdoptStatus.Attended, await fleet.AdoptAsync("new1", "l1", "h0"));
        await fleet.Store.ReleaseAsync(new ReleaseRequest(TestFleet.Pool, TestFleet.Owner, ["l1"], true), Token);
        Assert.Equal(AdoptStatus.Gone, await fleet.AdoptAsync("new1", "l1", "h0"));
    }

    private async Task<TestFleet> KeptAsync(ServerKind kind, bool attended)
    {
        TestFleet fleet = await OpenAsync(kind);
        await fleet.HoldAsync("a1", "i1", "l1", ["h0"]);
        RenewRequest renewal = new(TestFleet.Pool, TestFleet.Owner, "ann", 60_000, ["l1"]) { Attended = attended, Keep = s_wish };
        await fleet.Store.RenewAsync(renewal, Token);
        return fleet;
    }
}

using Eformer.Pool.RedisStore.Tests.Support;
using Eformer.Pool.Store;
using Xunit;

namespace Eformer.Pool.RedisStore.Tests;

public sealed class HeartbeatTests(SharedServers servers) : StoreTests(servers)
{
    private static HostFence Holding(long epoch, string lease) => new("h0", epoch, lease, true);

    private static HostFence Free(long epoch, string lease = "") => new("h0", epoch, lease, false);

    [Theory, ClassData(typeof(EachServer))]
    public async Task Strangers_are_unknown_and_former_incarnations_superseded(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        Assert.Equal(HeartbeatStatus.Unknown, (await fleet.BeatAsync("a1", "i1", Free(0))).Status);
        await fleet.RegisterAsync("a1", "i2", ["h0"]);
        Assert.Equal(HeartbeatStatus.Superseded, (await fleet.BeatAsync("a1", "i1", Free(0))).Status);
        HeartbeatReply reply = await fleet.BeatAsync("a1", "i2", Free(0));
        Assert.Equal(HeartbeatStatus.Alive, reply.Status);
        Assert.Empty(reply.Assignments);
        Assert.Empty(reply.Leases);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task An_agent_that_was_away_is_alive_again(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await fleet.RegisterAsync("a1", "i1", ["h0"], lifeMs: 1);
        await Eventually.TrueAsync(async () => !(await fleet.HostAsync("h0")).Alive, "the agent counts as dead", Token);
        Assert.Equal(HeartbeatStatus.Alive, (await fleet.BeatAsync("a1", "i1", Free(7))).Status);
        HostRecord host = await fleet.HostAsync("h0");
        Assert.Equal((true, 7), (host.Alive, host.FenceEpoch));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_granted_host_is_held_when_its_agent_accepts_exactly_that_lease(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await fleet.RegisterAsync("a1", "i1", ["h0"]);
        AcquireReply acquired = await fleet.AcquireAsync("l1", "h0");
        await using Bell bell = await Bell.ListenAsync(fleet.Store, Doorbell.Pool(TestFleet.Pool), Token);
        HeartbeatReply before = await fleet.BeatAsync("a1", "i1", Free(acquired.Epoch - 1));
        Assert.Equal(new HostAssignment("h0", HostState.Granted, "l1", acquired.Epoch), Assert.Single(before.Assignments));
        HeartbeatReply after = await fleet.BeatAsync("a1", "i1", Holding(acquired.Epoch, "l1"));
        Assert.Equal(HostState.Held, Assert.Single(after.Assignments).State);
        Assert.Equal("L", System.Text.Encoding.ASCII.GetString(await bell.NextAsync(Token)));
        bell.AssertQuiet(kind);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task The_reply_tells_the_leases_that_have_not_lapsed(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        long epoch = await fleet.HoldAsync("a1", "i1", "l1", ["h0"]);
        await fleet.RenewAsync(40_000, "l1");
        LeaseRecord lease = Assert.Single((await fleet.BeatAsync("a1", "i1", Holding(epoch, "l1"))).Leases);
        Assert.Equal(("l1", epoch, 1), (lease.LeaseId, lease.Epoch, lease.RenewalCount));
        Assert.InRange(lease.RemainingMs, 1, 40_000);
        Assert.Equivalent(TestFleet.Grant(TestFleet.Owner, TestFleet.Pool, 60_000, "h0"), lease.Grant, strict: true);
        Assert.Equal((await fleet.Store.ReadFleetAsync(Token)).Generation, lease.Generation);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_held_host_whose_agent_let_go_is_lost_until_the_lease_ends(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        long epoch = await fleet.HoldAsync("a1", "i1", "l1", ["h0"]);
        await using Bell bell = await Bell.ListenAsync(fleet.Store, Doorbell.Pool(TestFleet.Pool), Token);
        await fleet.BeatAsync("a1", "i1", Free(epoch, "l1"));
        await bell.NextAsync(Token);
        Assert.Equal(HostState.Lost, await fleet.StateAsync("h0"));
        await fleet.BeatAsync("a1", "i1", Holding(epoch, "l1"));
        Assert.Equal(HostState.Lost, await fleet.StateAsync("h0"));
        await fleet.ReleaseAsync("l1");
        await fleet.BeatAsync("a1", "i1", Free(epoch, "l1"));
        Assert.Equal(HostState.Idle, await fleet.StateAsync("h0"));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_grant_that_its_fence_can_never_accept_is_lost(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await fleet.RegisterAsync("a1", "i1", ["h0"]);
        AcquireReply acquired = await fleet.AcquireAsync("l1", "h0");
        await fleet.BeatAsync("a1", "i1", Free(acquired.Epoch, "l1"));
        Assert.Equal(HostState.Lost, await fleet.StateAsync("h0"));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_lapsed_lease_frees_its_host_only_when_the_agent_attests(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        long epoch = await fleet.HoldAsync("a1", "i1", "l1", ["h0"], ttlMs: 1500);
        Assert.Equal(HostState.Held, await fleet.StateAsync("h0"));
        HeartbeatReply reply = null!;
        await Eventually.TrueAsync(
            async () => Assert.Single((reply = await fleet.BeatAsync("a1", "i1", Holding(epoch, "l1"))).Assignments).State == HostState.Reclaiming,
            "the lease lapses",
            Token);
        Assert.Empty(reply.Leases);
        Assert.Equal(AcquireStatus.Conflict, (await fleet.AcquireAsync("l2", "h0")).Status);
        await fleet.BeatAsync("a1", "i1", Free(epoch, "l1"));
        HostRecord host = await fleet.HostAsync("h0");
        Assert.Equal((HostState.Idle, "", 0, epoch), (host.State, host.LeaseId, host.Epoch, host.FenceEpoch));
        Assert.Equal(AcquireStatus.Granted, (await fleet.AcquireAsync("l2", "h0")).Status);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_late_copy_of_an_older_heartbeat_takes_nothing_away(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        long epoch = await fleet.HoldAsync("a1", "i1", "l1", ["h0"]);
        await fleet.BeatAsync("a1", "i1", Free(epoch - 1));
        HostRecord host = await fleet.HostAsync("h0");
        Assert.Equal((HostState.Held, epoch), (host.State, host.FenceEpoch));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_lease_the_store_does_not_know_is_unconfirmed_and_its_host_not_free(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await fleet.RegisterAsync("a1", "i1", ["h0"]);
        HeartbeatReply reply = await fleet.BeatAsync("a1", "i1", Holding(5, "other"));
        Assert.Equal(new HostAssignment("h0", HostState.Unconfirmed, "other", 5), Assert.Single(reply.Assignments));
        Assert.Equal(AcquireStatus.Conflict, (await fleet.AcquireAsync("l1", "h0")).Status);
        Assert.Empty((await fleet.BeatAsync("a1", "i1", Free(5, "other"))).Assignments);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task An_agent_whose_registrations_vanished_must_register_again_and_others_need_not(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await fleet.RegisterAsync("a1", "i1", ["h0"]);
        await fleet.RegisterAsync("a2", "i2", ["h1"]);
        await fleet.Raw.HashDeleteAsync(fleet.Key("hosts"), "h0");
        Assert.Equal(HeartbeatStatus.Unknown, (await fleet.BeatAsync("a1", "i1", Free(0))).Status);
        Assert.Equal(HeartbeatStatus.Alive, (await fleet.BeatAsync("a2", "i2", new HostFence("h1", 0, "", false))).Status);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task An_agent_whose_hosts_vanished_must_register_again(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await fleet.RegisterAsync("a1", "i1", ["h0"]);
        await fleet.Raw.KeyDeleteAsync(fleet.Key("state"));
        Assert.Equal(HeartbeatStatus.Unknown, (await fleet.BeatAsync("a1", "i1", Free(0))).Status);
        Assert.Empty((await fleet.Store.ReadFleetAsync(Token)).Hosts);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Fences_outside_what_scripts_can_count_are_refused(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await fleet.RegisterAsync("a1", "i1", ["h0"]);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => fleet.BeatAsync("a1", "i1", Free(-1)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => fleet.BeatAsync("a1", "i1", Free(long.MaxValue)));
    }
}

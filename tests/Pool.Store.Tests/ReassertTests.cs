using Eformer.Pool.RedisStore.Tests.Support;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;
using Xunit;

namespace Eformer.Pool.RedisStore.Tests;

/// <summary>Leases that the store has lost and whose hosts hold them still.</summary>
public sealed class ReassertTests(SharedServers servers) : StoreTests(servers)
{
    [Theory, ClassData(typeof(EachServer))]
    public async Task A_lost_lease_that_all_hosts_hold_is_put_back(ServerKind kind)
    {
        await using TestFleet fleet = await ForgottenAsync(kind);
        Assert.Equal(ReassertStatus.Confirmed, (await fleet.ReassertAsync("l1", 41, "h0", "h1")).Status);
        HostRecord host = await fleet.HostAsync("h0");
        Assert.Equal((HostState.Held, "l1", 41), (host.State, host.LeaseId, host.Epoch));
        Assert.Equal(["l1"], (await fleet.RenewAsync(60_000, "l1")).Renewed);
        Assert.Equal(ReassertStatus.Confirmed, (await fleet.ReassertAsync("l1", 41, "h0", "h1")).Status);
        await fleet.RegisterAsync("a2", "i1", ["h2"]);
        Assert.Equal(42, (await fleet.AcquireAsync("l2", "h2")).Epoch);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task An_agent_sees_the_counter_of_a_reasserted_lease_as_changed(ServerKind kind)
    {
        await using TestFleet fleet = await ForgottenAsync(kind);
        await fleet.ReassertAsync("l1", 41, "h0", "h1");
        HeartbeatReply reply = await fleet.BeatAsync("a1", "i1", Holding("h0"), Holding("h1"));
        Assert.NotEqual(0, Assert.Single(reply.Leases).RenewalCount);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_host_that_has_not_been_heard_is_waited_for(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await fleet.RegisterAsync("a1", "i1", ["h0"]);
        await fleet.BeatAsync("a1", "i1", Holding("h0"));
        ReassertReply reply = await fleet.ReassertAsync("l1", 41, "h0", "h1");
        Assert.Equal((ReassertStatus.Waiting, "h1"), (reply.Status, reply.Obstacle));
        Assert.Equal(HostState.Unconfirmed, await fleet.StateAsync("h0"));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_host_that_holds_another_lease_or_none_refuses_and_nothing_is_written(ServerKind kind)
    {
        await using TestFleet fleet = await ForgottenAsync(kind);
        Assert.Equal(ReassertStatus.Refused, (await fleet.ReassertAsync("l0", 40, "h0", "h1")).Status);
        await fleet.BeatAsync("a1", "i1", Holding("h0"), new HostFence("h1", 41, "l1", false));
        ReassertReply reply = await fleet.ReassertAsync("l1", 41, "h0", "h1");
        Assert.Equal((ReassertStatus.Refused, "h1"), (reply.Status, reply.Obstacle));
        Assert.Empty((await fleet.Store.ReadFleetAsync(Token)).Leases);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Another_living_owner_of_the_name_is_told(ServerKind kind)
    {
        await using TestFleet fleet = await ForgottenAsync(kind);
        await fleet.Store.RenewAsync(new RenewRequest(TestFleet.Pool, "owner9", "bob", 60_000, []), Token);
        ReassertReply reply = await fleet.ReassertAsync("l1", 41, "h0", "h1");
        Assert.Equal((ReassertStatus.PoolInUse, "bob"), (reply.Status, reply.Obstacle));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_registration_that_brings_a_held_fence_makes_its_host_unconfirmed(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        AgentRegistration registration = new("a1", "i1", [new HostRegistration { Host = "h0", Node = "n0" }], 60_000) { Fences = [Holding("h0")] };
        await fleet.Store.RegisterAsync(registration, Token);
        HostRecord host = await fleet.HostAsync("h0");
        Assert.Equal((HostState.Unconfirmed, "l1", 41, 41), (host.State, host.LeaseId, host.Epoch, host.FenceEpoch));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_later_lease_than_the_store_knows_of_is_believed_to_its_agent(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await fleet.HoldAsync("a1", "i1", "old", ["h0"]);
        HeartbeatReply reply = await fleet.BeatAsync("a1", "i1", Holding("h0"));
        Assert.Equal(new HostAssignment("h0", HostState.Unconfirmed, "l1", 41), Assert.Single(reply.Assignments));
        Assert.Equal(ReassertStatus.Confirmed, (await fleet.ReassertAsync("l1", 41, "h0")).Status);
    }

    // Two hosts that hold a lease of which the store knows nothing.
    private async Task<TestFleet> ForgottenAsync(ServerKind kind)
    {
        TestFleet fleet = await OpenAsync(kind);
        await fleet.RegisterAsync("a1", "i1", ["h0", "h1"]);
        await fleet.BeatAsync("a1", "i1", Holding("h0"), Holding("h1"));
        return fleet;
    }

    private static HostFence Holding(string host) => new(host, 41, "l1", true);
}

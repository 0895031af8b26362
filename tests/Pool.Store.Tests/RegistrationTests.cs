using Eformer.Pool.RedisStore.Tests.Support;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;
using Xunit;

namespace Eformer.Pool.RedisStore.Tests;

public sealed class RegistrationTests(SharedServers servers) : StoreTests(servers)
{
    [Theory, ClassData(typeof(EachServer))]
    public async Task What_an_agent_says_of_its_hosts_is_read_back(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        HostRegistration host = new()
        {
            Host = "h0",
            Node = "machine-1",
            Slice = "tpu-a",
            WorkerIndex = 3,
            Address = "10.0.0.1",
            Devices = 4,
            DeviceType = "v5e-16",
            Engine = "pwsh 7.6.5",
            Labels = new Dictionary<string, string> { ["zone"] = "a|b,\"c\" é" },
        };
        RegisterReply reply = await fleet.Store.RegisterAsync(new AgentRegistration("a1", "i1", [host], 60_000), Token);
        Assert.Null(reply.ConflictingHost);
        FleetSnapshot snapshot = await fleet.Store.ReadFleetAsync(Token);
        HostRecord record = Assert.Single(snapshot.Hosts);
        Assert.Equivalent(host, record.Registration, strict: true);
        Assert.Equal(("a1", "i1", true, HostState.Idle, "", 0, 0), (record.AgentId, record.Incarnation, record.Alive, record.State, record.LeaseId, record.Epoch, record.FenceEpoch));
        Assert.Matches("^[0-9a-f]{32}$", snapshot.Generation);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_host_of_a_living_agent_is_refused_and_nothing_changes(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await fleet.RegisterAsync("a1", "i1", ["h0", "h1"]);
        RegisterReply reply = await fleet.RegisterAsync("a2", "i2", ["h2", "h1"]);
        Assert.Equal("h1", reply.ConflictingHost);
        FleetSnapshot snapshot = await fleet.Store.ReadFleetAsync(Token);
        Assert.Equal(["h0", "h1"], snapshot.Hosts.Select(host => host.Registration.Host));
        Assert.All(snapshot.Hosts, host => Assert.Equal("a1", host.AgentId));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_host_of_a_dead_agent_is_taken_over_and_stays_when_that_one_goes(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await fleet.RegisterAsync("a1", "i1", ["h0"], lifeMs: 1);
        await Eventually.TrueAsync(async () => !(await fleet.HostAsync("h0")).Alive, "the agent counts as dead", Token);
        Assert.Null((await fleet.RegisterAsync("a2", "i2", ["h0"])).ConflictingHost);
        await fleet.Store.DeregisterAsync("a1", "i1", Token);
        Assert.Equal("a2", (await fleet.HostAsync("h0")).AgentId);
        Assert.Equal(HeartbeatStatus.Unknown, (await fleet.BeatAsync("a1", "i1", new HostFence("h0", 0, "", false))).Status);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_new_incarnation_replaces_the_old_one_and_its_hosts(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await fleet.RegisterAsync("a1", "i1", ["h0", "h1"]);
        await fleet.RegisterAsync("a1", "i2", ["h1", "h2"]);
        FleetSnapshot snapshot = await fleet.Store.ReadFleetAsync(Token);
        Assert.Equal(["h1", "h2"], snapshot.Hosts.Select(host => host.Registration.Host));
        Assert.All(snapshot.Hosts, host => Assert.Equal("i2", host.Incarnation));
        await fleet.Store.DeregisterAsync("a1", "i1", Token);
        Assert.Equal(2, (await fleet.Store.ReadFleetAsync(Token)).Hosts.Count);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_new_incarnation_loses_what_the_old_one_held_and_the_pool_is_told(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        long epoch = await fleet.HoldAsync("a1", "i1", "l1", ["h0", "h1"]);
        await using Bell bell = await Bell.ListenAsync(fleet.Store, Doorbell.Pool(TestFleet.Pool), Token);
        await fleet.RegisterAsync("a1", "i2", ["h0"]);
        await bell.NextAsync(Token);
        HostRecord host = await fleet.HostAsync("h0");
        Assert.Equal((HostState.Lost, "l1", epoch, epoch), (host.State, host.LeaseId, host.Epoch, host.FenceEpoch));
        Assert.Single((await fleet.Store.ReadFleetAsync(Token)).Hosts);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_late_copy_of_a_registration_changes_no_state(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await fleet.HoldAsync("a1", "i1", "l1", ["h0"]);
        await fleet.RegisterAsync("a1", "i1", ["h0"]);
        Assert.Equal(HostState.Held, await fleet.StateAsync("h0"));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Hosts_whose_lease_is_gone_are_idle_again_with_their_fence(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        long epoch = await fleet.HoldAsync("a1", "i1", "l1", ["h0"]);
        await fleet.ReleaseAsync("l1");
        await fleet.RegisterAsync("a1", "i2", ["h0"]);
        HostRecord host = await fleet.HostAsync("h0");
        Assert.Equal((HostState.Idle, "", epoch), (host.State, host.LeaseId, host.FenceEpoch));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Deregistering_a_leased_host_tells_its_pool(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await fleet.HoldAsync("a1", "i1", "l1", ["h0"]);
        await using Bell bell = await Bell.ListenAsync(fleet.Store, Doorbell.Pool(TestFleet.Pool), Token);
        await fleet.Store.DeregisterAsync("a1", "i1", Token);
        await bell.NextAsync(Token);
        Assert.Empty((await fleet.Store.ReadFleetAsync(Token)).Hosts);
        Assert.Equal(HeartbeatStatus.Unknown, (await fleet.BeatAsync("a1", "i1")).Status);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Names_that_would_break_out_of_a_key_are_refused(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => fleet.RegisterAsync("a1", "i1", ["h|0"]));
        Assert.Equal("InvalidName", error.ErrorId);
        await Assert.ThrowsAsync<ArgumentException>(() => fleet.RegisterAsync("a}1", "i1", ["h0"]));
        await Assert.ThrowsAsync<ArgumentException>(() => fleet.RegisterAsync("a1", "i|1", ["h0"]));
        await Assert.ThrowsAsync<ArgumentException>(() => fleet.RegisterAsync("a1", "i1", ["h0", "h0"]));
        Assert.Empty(fleet.Keys());
    }
}

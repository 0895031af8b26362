using Eformer.Pool.RedisStore.Tests.Support;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;
using Xunit;

namespace Eformer.Pool.RedisStore.Tests;

/// <summary>A machine has one living agent in a fleet; a copy of a disk is not the same machine.</summary>
public sealed class MachineTests(SharedServers servers) : StoreTests(servers)
{
    [Theory, ClassData(typeof(EachServer))]
    public async Task A_restarted_agent_of_the_same_boot_takes_its_predecessors_place(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        Assert.Null((await RegisterAsync(fleet, "a1", "i1", "m1", "boot1")).ConflictingAgent);
        Assert.Null((await RegisterAsync(fleet, "a1", "i2", "m1", "boot1")).ConflictingAgent);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_cloned_machine_and_a_second_agent_of_a_machine_are_refused_while_the_first_lives(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await RegisterAsync(fleet, "a1", "i1", "m1", "boot1");
        Assert.Equal("a1", (await RegisterAsync(fleet, "a1", "i2", "m1", "boot2")).ConflictingAgent);
        Assert.Equal("a1", (await RegisterAsync(fleet, "a2", "i1", "m1", "boot1")).ConflictingAgent);
        Assert.Equal(HeartbeatStatus.Alive, (await fleet.BeatAsync("a1", "i1", new HostFence("h-a1", 0, "", false))).Status);
        await fleet.Store.DeregisterAsync("a1", "i1", Token);
        Assert.Null((await RegisterAsync(fleet, "a2", "i1", "m1", "boot1")).ConflictingAgent);
        Assert.False(await fleet.Raw.HashExistsAsync(fleet.Key("machines"), "a:a1"));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_machine_that_was_booted_again_is_let_in_when_its_former_life_has_lapsed(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await RegisterAsync(fleet, "a1", "i1", "m1", "boot1", lifeMs: 1);
        await Eventually.TrueAsync(
            async () => (await RegisterAsync(fleet, "a1", "i2", "m1", "boot2")).ConflictingAgent is null, "the former life has lapsed", Token);
    }

    private static Task<RegisterReply> RegisterAsync(
        TestFleet fleet, string agent, string incarnation, string machine, string boot, int lifeMs = 60_000) =>
        fleet.Store.RegisterAsync(
            new AgentRegistration(agent, incarnation, [new HostRegistration { Host = "h-" + agent, Node = "n" }], lifeMs)
            {
                MachineId = machine,
                BootId = boot,
            },
            Token);
}

using Eformer.Pool.Faults.Tests.Support;
using Eformer.Pool.Store;
using Xunit;

namespace Eformer.Pool.Faults.Tests.Health;

/// <summary>What becomes of a run whose pool is drained: asked to stop, then SIGTERM, then killed; and the drain ends when nothing is left.</summary>
public sealed class DrainedRunTests(SharedServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_script_does_what_it_does_in_the_end_and_its_hosts_are_idle_afterwards()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        AgentProcess agent = await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        string last = fleet.PathOf("last");
        await using RunHandle run = await pool.StartAsync(
            $"try {{ {fleet.Evidence.EndlessScript("busy")} }} finally {{ [IO.File]::WriteAllText('{last}' + $env:TPU_HOST_ID, 'cleaned') }}");
        await fleet.Evidence.AwaitAsync("busy", hosts: 2, Token);
        await pool.DrainActorPoolAsync(Token);

        // Not soon, but now: that is what the drain promises.
        await AssertClearAsync(fleet, pool);
        (await run.EndsAsync()).AllAre(RunOutcome.Cancelled);
        Assert.All((string[])["0", "1"], host => Assert.Equal("cleaned", File.ReadAllText(last + host)));
        LeaseHistory.CheckFreed(LeaseHistory.Read(agent.Log));
    }

    [Fact]
    public async Task A_native_command_is_asked_by_SIGTERM_and_one_that_does_not_listen_is_killed()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        AgentProcess agent = await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        string asked = fleet.PathOf("asked");
        string listens = $"trap \"echo asked > {asked}; exit\" TERM; while :; do sleep 0.1; done";
        await using RunHandle run = await pool.StartAsync(
            $"{fleet.Evidence.Script("busy")}; if ($env:TPU_HOST_ID -eq 0) {{ /bin/sh -c '{listens}' }} else {{ /bin/sh -c 'trap \"\" TERM; while :; do sleep 0.1; done' }}");
        await fleet.Evidence.AwaitAsync("busy", hosts: 2, Token);
        await Eventually.TrueAsync(() => Task.FromResult(fleet.UserProcesses().Count(IsShell) == 2), "both commands run", Token);
        await pool.DrainActorPoolAsync(Token);
        await AssertClearAsync(fleet, pool);
        (await run.EndsAsync()).AllAre(RunOutcome.Cancelled);
        Assert.Equal("asked", (await File.ReadAllTextAsync(asked, Token)).Trim());
        LeaseHistory.CheckFreed(LeaseHistory.Read(agent.Log));
    }

    [Fact]
    public async Task By_force_nobody_is_asked()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Redis));
        AgentProcess agent = await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        await using RunHandle run = await pool.StartAsync($"{fleet.Evidence.Script("busy")}; [Threading.Thread]::Sleep(-1)");
        await fleet.Evidence.AwaitAsync("busy", hosts: 2, Token);
        int[] runners = fleet.Evidence.Processes("busy");
        await pool.DrainAsync(new DrainOptions { Force = true }, Token);
        await AssertClearAsync(fleet, pool);
        Assert.DoesNotContain(runners, Processes.IsAlive);
        (await run.EndsAsync()).AllAre(RunOutcome.Cancelled, RunOutcome.LeaseLost);
        LeaseHistory.CheckFreed(LeaseHistory.Read(agent.Log));
    }

    private static bool IsShell(int pid) => Processes.CommandLine(pid).StartsWith("/bin/sh -c trap", StringComparison.Ordinal);

    private static async Task AssertClearAsync(Fleet fleet, SlicePoolManager pool)
    {
        Assert.All(await fleet.HostsAsync(), host => Assert.Equal(HostState.Idle, host.State));
        Assert.Empty(fleet.UserProcesses());
        Assert.Equal((PoolState.Empty, 0), (pool.State, pool.GetAllPoolMembers().Count));
        Assert.Equal("PoolEmpty", (await Assert.ThrowsAsync<SlicePoolException>(() => pool.StartAsync("1"))).ErrorId);
    }
}

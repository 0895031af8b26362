using Eformer.Pool.Faults.Tests.Support;
using Xunit;

namespace Eformer.Pool.Faults.Tests.Health;

/// <summary>Runners and agents that die are started again, and their slices serve again.</summary>
public sealed class RestartTests(SharedServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_local_pool_whose_agent_is_killed_serves_again()
    {
        await using SlicePoolManager pool = await SlicePoolManager.OpenAsync(
            new SlicePoolOptions { HostsPerSlice = 2, WorkerFolder = Path.GetDirectoryName(HostExecutable.Path) }, Token);
        await pool.ScaleMultisliceAsync([1], ScaleOptions.Now, Token);
        await pool.SucceedAsync("1");
        int agent = Assert.Single(AgentsOf(pool.Fleet));
        await Signals.SendAsync(agent, "KILL", Token);
        await Eventually.TrueAsync(() => Task.FromResult(AgentsOf(pool.Fleet) is [var pid] && pid != agent), "another agent runs", Token);
        await pool.SucceedsSoonAsync("1");
        Assert.Equal(PoolState.Active, pool.State);
        Assert.Equal([0, 1], pool.GetAllPoolMembers()[0].ActorInfo.Hosts.Select(host => host.HostId));
    }

    [Fact]
    public async Task Idle_runners_that_die_are_replaced_before_they_are_needed()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        AgentProcess agent = await fleet.StartAgentAsync();
        int[] runners = [];
        await Eventually.TrueAsync(() => Task.FromResult((runners = Runners(fleet, agent)).Length == 2), "both hosts have a warm runner", Token);
        await Task.WhenAll(runners.Select(runner => Signals.SendAsync(runner, "KILL", Token)));
        await Eventually.TrueAsync(
            () => Task.FromResult(Runners(fleet, agent) is { Length: 2 } now && !now.Intersect(runners).Any()), "both hosts have another", Token);
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        await pool.SucceedAsync("1");
        await Eventually.TrueAsync(
            async () => (await pool.TestAsync(Token)).All(report => report.Healthy), "every host is healthy again", Token);
    }

    [Fact]
    public async Task A_file_that_announces_a_preemption_moves_the_slice_and_lets_what_runs_end()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Redis));
        string notice = fleet.PathOf("notice");
        await fleet.StartAgentAsync("1x1", "first", null, "--slice", "a", "--preemption-file", notice);
        SlicePoolManager pool = await fleet.OpenPoolAsync(hostsPerSlice: 1);
        Assert.Equal("a-0", pool.GetAllPoolMembers()[0].ActorInfo.SliceName);
        await fleet.StartAgentAsync("1x1", "second", null, "--slice", "b");
        await using RunHandle run = await pool.StartAsync(fleet.Evidence.WaitingScript("busy"));
        await fleet.Evidence.AwaitAsync("busy", hosts: 1, Token);
        await File.WriteAllTextAsync(notice, "the provider wants it back", Token);
        await Eventually.TrueAsync(
            async () => (await pool.TestAsync(Token))[0] is { State: HostHealthState.Preempting, Why: "the provider wants it back" }, "the host is to be preempted", Token);
        fleet.Evidence.Release("busy");
        (await run.EndsAsync()).AllAre(RunOutcome.Succeeded);
        await Eventually.TrueAsync(
            () => Task.FromResult(pool.GetAllPoolMembers() is [{ ActorInfo.SliceName: "b-0" }]), "the slice has moved", Token);
        await pool.SucceedAsync("1");
    }

    private static int[] AgentsOf(string fleet) =>
        [.. Processes.All().Where(pid => Processes.CommandLine(pid) is var line && line.Contains("eformer-host agent", StringComparison.Ordinal)
            && line.Contains($"--fleet {fleet} ", StringComparison.Ordinal))];

    private static int[] Runners(Fleet fleet, AgentProcess agent) =>
        [.. Processes.Of(fleet.Name).Where(pid => pid != agent.Pid && Processes.CommandLine(pid).Contains("eformer-host runner", StringComparison.Ordinal)).Order()];
}

using Eformer.Pool.Faults.Tests.Support;
using Xunit;

namespace Eformer.Pool.Faults.Tests.Health;

/// <summary>Machines whose provider takes them away in the middle of a run, after saying so.</summary>
public sealed class PreemptionTests(SharedServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("TERM", "spot price")]
    [InlineData("KILL", "had announced that it would be preempted")]
    public async Task What_ran_there_was_preempted_however_the_machine_went(string signal, string evidence)
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Redis));
        string notice = fleet.PathOf("notice");
        AgentProcess agent = await fleet.StartAgentAsync("1x2", "agent", null, "--preemption-file", notice);
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        await using RunHandle run = await pool.StartAsync(fleet.Evidence.EndlessScript("taken"));
        await fleet.Evidence.AwaitAsync("taken", hosts: 2, Token);
        await File.WriteAllTextAsync(notice, "the spot price rose\n", Token);
        await Eventually.TrueAsync(
            async () => (await fleet.HostsAsync()).All(host => host.Health.Condition == HostCondition.Preempting), "the hosts have announced it", Token);
        await agent.SignalAsync(signal);
        AttemptEnd[] ends = await run.EndsAsync();
        ends.AllAre(RunOutcome.Preempted);
        Assert.All(ends, end => Assert.Contains(evidence, end.Evidence, StringComparison.Ordinal));
    }
}

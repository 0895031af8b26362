using Eformer.Pool.HostWorker.Agent;
using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.Leases;
using Eformer.Pool.Topology;

namespace Eformer.Pool.HostWorker.Tests.Agent;

/// <summary>What an agent says of its hosts, of several troubles at once.</summary>
public sealed class HealthWatchTests
{
    private const string NoRunner = "no runner could be started";
    private const string NoFence = "its fence file cannot be written, so it accepts no lease";

    [Theory]
    [InlineData(null, NoRunner)]
    [InlineData(NoFence, NoFence)]
    public async Task A_host_that_accepts_no_lease_says_that_before_a_runner_that_does_not_start(string? refusal, string told)
    {
        await using HostRunners runners = new(_ => Task.FromException<RunnerProcess>(new IOException(NoRunner)), TimeProvider.System);
        HostSlot slot = new(new HostRegistration { Host = "one", Node = "one" }, runners, Fence.None, (_, _) => Task.CompletedTask, TimeProvider.System);
        int beats = 0;
        HealthWatch health = new([slot], () => refusal, TimeProvider.System, () => beats++);
        await runners.WarmAsync();
        await health.LookAsync();
        Assert.Equal((HostCondition.RunnerFailed, told), health.Changes().Select(pair => (pair.Value.Condition, pair.Value.Why)).Single());
        Assert.Equal(1, beats);
    }
}

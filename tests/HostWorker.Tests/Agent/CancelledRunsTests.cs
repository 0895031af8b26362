using Eformer.Pool.HostWorker.Agent;

namespace Eformer.Pool.HostWorker.Tests.Agent;

/// <summary>What an agent remembers of runs that were told to stop.</summary>
public class CancelledRunsTests
{
    [Fact]
    public void A_stop_is_for_the_attempts_up_to_its_number()
    {
        CancelledRuns runs = new(TimeProvider.System);
        runs.Add("run", 2);
        runs.Add("run", 1);
        Assert.True(runs.Has("run", 1));
        Assert.True(runs.Has("run", 2));
        Assert.False(runs.Has("run", 3));
        Assert.False(runs.Has("other", 1));
        runs.Add("run", int.MaxValue);
        Assert.True(runs.Has("run", 1_000_000));
    }
}

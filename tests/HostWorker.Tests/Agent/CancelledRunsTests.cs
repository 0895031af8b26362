using Eformer.Pool.HostWorker.Agent;

namespace Eformer.Pool.HostWorker.Tests.Agent;

/// <summary>What an agent remembers of runs that were told to stop.</summary>
public class CancelledRunsTests
{
    [Fact]
    public void A_stop_is_for_the_attempts_up_to_its_number()
    {
        CancelledRuns runs = new(TimeProvider.System);
        runs.Add("run", 2, 10);
        runs.Add("run", 1, 20);
        Assert.True(runs.Has("run", 1));
        Assert.True(runs.Has("run", 2));
        Assert.False(runs.Has("run", 3));
        Assert.False(runs.Has("other", 1));
        runs.Add("run", int.MaxValue, 30);
        Assert.True(runs.Has("run", 1_000_000));
    }

    [Fact]
    public void A_run_that_is_sent_anew_under_the_id_of_one_that_was_stopped_may_start()
    {
        CancelledRuns runs = new(TimeProvider.System);
        runs.Add("whole", int.MaxValue, 20);
        runs.Restart("whole", 10);
        Assert.False(runs.Has("whole", 1));

        runs.Add("attempts", 2, 20);
        runs.Restart("attempts", 10);
        Assert.True(runs.Has("attempts", 2));
        runs.Restart("attempts", 30);
        Assert.False(runs.Has("attempts", 1));
        runs.Restart("unknown", 1);
    }
}

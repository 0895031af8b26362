using Eformer.Pool.HostWorker.Agent;
using Eformer.Pool.HostWorker.Runners;
using Microsoft.Extensions.Time.Testing;

namespace Eformer.Pool.HostWorker.Tests.Runners;

public sealed class HostRunnersTests
{
    [Fact]
    public async Task A_runner_that_does_not_start_is_tried_again_with_pauses_that_double_up_to_a_minute()
    {
        FakeTimeProvider clock = new();
        int starts = 0;
        await using HostRunners runners = new(
            _ =>
            {
                starts++;
                return Task.FromException<RunnerProcess>(new SlicePoolException("RunnerStartFailed", PoolErrorCategory.ResourceUnavailable, "no memory"));
            },
            clock);
        await runners.WarmAsync();
        Assert.Equal("no memory", await runners.TendAsync());
        Assert.Equal(2, starts);
        foreach (int pause in (int[])[1, 2, 4, 8, 16, 32, 60, 60])
        {
            int before = starts;
            clock.Advance(TimeSpan.FromSeconds(pause) - TimeSpan.FromMilliseconds(1));
            Assert.Equal("no memory", await runners.TendAsync());
            Assert.Equal(before, starts);
            clock.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Equal("no memory", await runners.TendAsync());
            Assert.Equal(before + 1, starts);
        }
    }
}

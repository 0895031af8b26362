using Eformer.Pool.HostWorker.Agent;
using Eformer.Pool.Leases;
using Eformer.Pool.Topology;

namespace Eformer.Pool.HostWorker.Tests.Agent;

/// <summary>The order in which commands take their places in the queues of their hosts.</summary>
public sealed class ArrivalTests
{
    private readonly HostSlot _one = Host("one");
    private readonly HostSlot _two = Host("two");

    [Fact]
    public async Task One_that_came_later_waits_for_all_that_came_before_for_any_of_its_hosts()
    {
        Arrival first = new([_one]), second = new([_two]), third = new([_one, _two]);
        Assert.True(first.Before.IsCompleted);
        Assert.True(second.Before.IsCompleted);
        second.Dispose();
        Assert.False(third.Before.IsCompleted);
        first.Dispose();
        await Completes(third.Before);
    }

    [Fact]
    public async Task One_that_gave_up_its_place_lets_nobody_past_those_that_still_wait()
    {
        Arrival first = new([_one]), second = new([_one]), third = new([_one]);
        second.Dispose();
        second.Dispose();
        Assert.False(third.Before.IsCompleted);
        first.Dispose();
        await Completes(second.Before);
        await Completes(third.Before);
    }

    private static Task Completes(Task before) => before.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

    private static HostSlot Host(string key) => new(
        new HostRegistration { Host = key, Node = key },
        new HostRunners(_ => throw new InvalidOperationException("No runner is needed here."), TimeProvider.System),
        Fence.None,
        (_, _) => Task.CompletedTask,
        TimeProvider.System);
}

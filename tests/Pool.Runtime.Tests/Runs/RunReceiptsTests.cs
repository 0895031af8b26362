using Eformer.Pool.Runs;
using Eformer.Pool.Store;
using Eformer.Pool.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Eformer.Pool.Tests.Runs;

/// <summary>When the store hears that runs were received.</summary>
public sealed class RunReceiptsTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly AcknowledgedRuns _seen;
    private readonly RunReceipts _receipts;

    public RunReceiptsTests()
    {
        (IPoolStore store, _seen) = AcknowledgedRuns.New();
        _receipts = new RunReceipts(store, _clock);
    }

    [Fact]
    public async Task A_lone_run_is_told_of_at_once()
    {
        await _receipts.AddAsync("one");
        _clock.Advance(TimeSpan.FromSeconds(1));
        await _receipts.AddAsync("two");
        Assert.Equal([["one"], ["two"]], _seen.Calls);
    }

    [Fact]
    public async Task Runs_that_follow_each_other_closely_are_told_of_together()
    {
        await _receipts.AddAsync("one");
        await _receipts.AddAsync("two");
        await _receipts.AddAsync("three");
        Assert.Equal([["one"]], _seen.Calls);
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        // Behind what the timer set off.
        await _receipts.SendAsync();
        Assert.Equal([["one"], ["two", "three"]], _seen.Calls);
    }

    [Fact]
    public async Task What_waits_is_told_when_it_is_asked_for()
    {
        await _receipts.AddAsync("one");
        await _receipts.AddAsync("two");
        await _receipts.SendAsync();
        await _receipts.SendAsync();
        Assert.Equal([["one"], ["two"]], _seen.Calls);
    }

    [Fact]
    public async Task A_store_that_is_away_costs_nobody_anything()
    {
        _seen.Failure = new SlicePoolException("StoreUnreachable", PoolErrorCategory.ConnectionError, "It is away.");
        await _receipts.AddAsync("one");
        _seen.Failure = null;
        _clock.Advance(TimeSpan.FromSeconds(1));
        await _receipts.AddAsync("two");
        Assert.Equal([["one"], ["two"]], _seen.Calls);
    }
}

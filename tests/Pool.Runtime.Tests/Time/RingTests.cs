using Eformer.Pool.Time;
using Microsoft.Extensions.Time.Testing;

namespace Eformer.Pool.Tests.Time;

/// <summary>Something to wait for: no ring is lost, many are one, and the limit is the clock's.</summary>
public class RingTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);
    private readonly FakeTimeProvider _clock = new();
    private readonly Ring _ring;

    public RingTests() => _ring = new Ring(_clock);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ring_before_the_wait_is_heard() => await SoundAndHear(1);

    [Fact]
    public async Task Many_rings_before_the_wait_are_one()
    {
        await SoundAndHear(5);
        await NothingRings();
    }

    [Fact]
    public async Task A_ring_during_the_wait_ends_it()
    {
        Task<bool> waiting = _ring.WaitAsync(s_limit, Token);
        Assert.False(waiting.IsCompleted);
        _ring.Sound();
        Assert.True(await waiting);
    }

    [Fact]
    public async Task Without_a_ring_the_wait_ends_with_its_limit_and_not_before()
    {
        Task<bool> waiting = _ring.WaitAsync(s_limit, Token);
        _clock.Advance(s_limit - TimeSpan.FromMilliseconds(1));
        Assert.False(waiting.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(await waiting);
    }

    [Fact]
    public async Task A_wait_that_timed_out_takes_no_later_ring_away()
    {
        await NothingRings();
        await SoundAndHear(1);
    }

    [Fact]
    public async Task Cancelling_the_wait_throws()
    {
        using CancellationTokenSource cancelled = new();
        Task<bool> waiting = _ring.WaitAsync(s_limit, cancelled.Token);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Rings_from_many_threads_always_reach_the_waiter()
    {
        const int Rounds = 2000;
        int asked = 0;
        int answered = 0;
        Task ringer = Task.Run(
            () =>
            {
                for (int i = 0; i < Rounds; i++)
                {
                    Interlocked.Increment(ref asked);
                    _ring.Sound();
                }
            },
            Token);

        // Whatever is asked before a ring must be seen after it: so the last look sees everything.
        while (answered < Rounds)
        {
            Assert.True(await _ring.WaitAsync(s_limit, Token));
            answered = Volatile.Read(ref asked);
        }

        await ringer;
    }

    private async Task SoundAndHear(int times)
    {
        for (int i = 0; i < times; i++)
        {
            _ring.Sound();
        }

        Assert.True(await _ring.WaitAsync(s_limit, Token));
    }

    private async Task NothingRings()
    {
        Task<bool> waiting = _ring.WaitAsync(s_limit, Token);
        _clock.Advance(s_limit);
        Assert.False(await waiting);
    }
}

using Eformer.Pool.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Eformer.Pool.Tests.Pools;

public sealed class ResourcePoolDrainTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Draining_twice_and_draining_nothing_do_no_harm()
    {
        await using MemoryPool pool = new();
        await pool.DrainActorPoolAsync(Token);
        await pool.ScaleActorPoolAsync(3, Token);
        await pool.DrainActorPoolAsync(Token);
        await pool.DrainActorPoolAsync(Token);
        Assert.Empty(pool.Names);
        Assert.Empty(pool.Living);
        Assert.Empty(pool.Killed);
    }

    [Fact]
    public async Task Who_drains_while_it_goes_on_waits_for_the_same_drain()
    {
        await using MemoryPool pool = new();
        await pool.ScaleActorPoolAsync(1, Token);
        TaskCompletionSource stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int stops = 0;
        pool.OnStop = (_, _) =>
        {
            Interlocked.Increment(ref stops);
            stopping.SetResult();
            return release.Task;
        };
        Task first = pool.DrainActorPoolAsync(Token);
        await stopping.Task;
        using CancellationTokenSource impatient = new();
        Task second = pool.DrainActorPoolAsync(Token);
        Task third = pool.DrainActorPoolAsync(impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);
        Assert.False(second.IsCompleted);
        release.SetResult();
        await Task.WhenAll(first, second);
        Assert.Equal(1, stops);
        Assert.Empty(pool.Names);
    }

    [Fact]
    public async Task An_actor_that_does_not_end_by_itself_is_killed_after_five_seconds()
    {
        FakeTimeProvider clock = new();
        await using MemoryPool pool = new(clock);
        await pool.ScaleActorPoolAsync(2, Token);
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        pool.OnStop = (name, cancellationToken) =>
        {
            if (name == "a1")
            {
                return Task.CompletedTask;
            }

            asked.SetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, clock, CancellationToken.None);
        };
        Task drain = pool.DrainActorPoolAsync(Token);
        await asked.Task;
        clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Empty(pool.Killed);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        await drain;
        Assert.Equal(["a2"], pool.Killed);
        Assert.Empty(pool.Names);
    }

    [Fact]
    public async Task A_stop_that_fails_is_said_after_everything_has_ended()
    {
        await using MemoryPool pool = new();
        await pool.ScaleActorPoolAsync(2, Token);
        pool.OnStop = (name, _) => name == "a1" ? throw new InvalidOperationException("deaf") : Task.CompletedTask;
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => pool.DrainActorPoolAsync(Token));
        Assert.Equal("ActorStopFailed", error.ErrorId);
        Assert.Contains("deaf", error.Message, StringComparison.Ordinal);
        Assert.Empty(pool.Names);
        Assert.Empty(pool.Living);
    }

    [Fact]
    public async Task What_cannot_be_killed_stays_a_member_and_the_next_drain_tries_again()
    {
        await using MemoryPool pool = new();
        await pool.ScaleActorPoolAsync(3, Token);
        pool.OnStop = (name, _) => name == "a2" ? throw new InvalidOperationException("deaf") : Task.CompletedTask;
        pool.OnKill = _ => throw new InvalidOperationException("immortal");
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => pool.DrainActorPoolAsync(Token));
        Assert.Equal("ActorNotEnded", error.ErrorId);
        Assert.Equal(2, Assert.IsType<AggregateException>(error.InnerException).InnerExceptions.Count);
        Assert.Equal(["a2"], pool.Names);
        pool.OnStop = (_, _) => Task.CompletedTask;
        await pool.DrainActorPoolAsync(Token);
        Assert.Empty(pool.Names);
    }

    [Fact]
    public async Task A_drain_ends_a_growth_that_goes_on()
    {
        await using MemoryPool pool = new();
        TaskCompletionSource growing = new(TaskCreationOptions.RunContinuationsAsynchronously);
        pool.OnCreate = (number, cancellationToken) =>
        {
            if (number == 1)
            {
                return Task.CompletedTask;
            }

            growing.SetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        };
        Task growth = pool.ScaleActorPoolAsync(2, Token);
        await growing.Task;
        await pool.DrainActorPoolAsync(Token);
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => growth);
        Assert.Equal("PoolDrained", error.ErrorId);
        Assert.Empty(pool.Living);
    }

    [Fact]
    public async Task A_pool_that_was_drained_can_be_used_again()
    {
        await using MemoryPool pool = new();
        await pool.ScaleActorPoolAsync(1, Token);
        await pool.DrainActorPoolAsync(Token);
        await pool.ScaleActorPoolAsync(2, Token);
        Assert.Equal(["a2", "a3"], pool.Names);
    }

    [Fact]
    public async Task Many_who_scale_and_drain_at_once_leave_no_actor_behind()
    {
        MemoryPool pool = new();
        pool.OnCreate = async (_, _) => await Task.Yield();
        await Parallel.ForAsync(0, 200, Token, async (turn, cancellationToken) =>
        {
            try
            {
                await (turn % 5 == 0 ? pool.DrainActorPoolAsync(cancellationToken) : pool.ScaleActorPoolAsync(turn % 4, cancellationToken));
            }
            catch (SlicePoolException error) when (error.ErrorId == "PoolDrained")
            {
                // That is how a drain answers a growth.
            }

            Assert.Distinct(pool.Names);
        });
        Assert.Equal(pool.Living.Keys.Order(), pool.Names.Order());
        await pool.DisposeAsync();
        Assert.Empty(pool.Living);
    }
}

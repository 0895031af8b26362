using Eformer.Pool.Tests.Support;

namespace Eformer.Pool.Tests.Pools;

public sealed class ResourcePoolManagerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Scaling_twice_works_although_the_information_cannot_be_hashed()
    {
        await using MemoryPool pool = new();
        await pool.ScaleActorPoolAsync(2, Token);
        await pool.ScaleActorPoolAsync(2, Token);
        Assert.Equal(["a1", "a2"], pool.Names);
    }

    [Fact]
    public async Task Growing_leaves_members_alone()
    {
        await using MemoryPool pool = new();
        await pool.ScaleActorPoolAsync(2, Token);
        ActorPoolMember<MemoryPool.Info>[] before = [.. pool.GetAllPoolMembers()];
        await pool.ScaleActorPoolAsync(4, Token);
        Assert.Empty(pool.Killed);
        Assert.All(before, (member, slot) => Assert.Same(member, pool.GetAllPoolMembers()[slot]));
    }

    [Fact]
    public async Task Shrinking_takes_the_highest_slots_gently()
    {
        await using MemoryPool pool = new();
        await pool.ScaleActorPoolAsync(4, Token);
        await pool.ScaleActorPoolAsync(1, Token);
        Assert.Equal(["a1"], pool.Names);
        Assert.Empty(pool.Killed);
        Assert.Equal(["a1"], pool.Living.Keys);
    }

    [Fact]
    public async Task A_dead_member_is_replaced_in_its_own_slot()
    {
        await using MemoryPool pool = new();
        await pool.ScaleActorPoolAsync(4, Token);
        pool.OnHealth = (name, _) => Task.FromResult(name != "a1");
        await pool.ScaleActorPoolAsync(4, Token);
        Assert.Equal(["a5", "a2", "a3", "a4"], pool.Names);
        Assert.Equal(["a1"], pool.Killed);
    }

    [Fact]
    public async Task Slots_follow_the_order_asked_for_and_not_who_was_ready_first()
    {
        await using MemoryPool pool = new();
        TaskCompletionSource last = new(TaskCreationOptions.RunContinuationsAsynchronously);
        pool.OnCreate = (number, _) =>
        {
            if (number == 3)
            {
                last.SetResult();
            }

            return number == 1 ? last.Task : Task.CompletedTask;
        };
        await pool.ScaleActorPoolAsync(3, Token);
        Assert.Equal(["a1", "a2", "a3"], pool.Names);
    }

    [Fact]
    public async Task A_growth_that_fails_ends_what_it_made_and_leaves_the_rest()
    {
        await using MemoryPool pool = new();
        await pool.ScaleActorPoolAsync(2, Token);
        pool.OnCreate = (number, _) => number == 4 ? throw new InvalidOperationException("no room") : Task.CompletedTask;
        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => pool.ScaleActorPoolAsync(5, Token));
        Assert.Equal("no room", error.Message);
        Assert.Equal(["a1", "a2"], pool.Names);
        Assert.Equal(["a1", "a2"], pool.Living.Keys.Order());
    }

    [Fact]
    public async Task What_a_failed_growth_made_and_nobody_can_end_stays_a_member()
    {
        await using MemoryPool pool = new();
        pool.OnCreate = (number, _) => number == 2 ? throw new InvalidOperationException("no room") : Task.CompletedTask;
        pool.OnStop = (_, _) => throw new InvalidOperationException("deaf");
        pool.OnKill = _ => throw new InvalidOperationException("immortal");
        AggregateException error = await Assert.ThrowsAsync<AggregateException>(() => pool.ScaleActorPoolAsync(2, Token));
        Assert.Equal("no room", error.InnerExceptions[0].Message);
        Assert.Equal("ActorNotEnded", Assert.IsType<SlicePoolException>(error.InnerExceptions[1]).ErrorId);
        Assert.Equal(["a1"], pool.Names);
        pool.OnKill = _ => Task.CompletedTask;
        pool.OnStop = (_, _) => Task.CompletedTask;
    }

    [Fact]
    public async Task A_growth_that_is_cancelled_ends_what_it_made()
    {
        await using MemoryPool pool = new();
        using CancellationTokenSource stop = new();
        pool.OnCreate = async (number, cancellationToken) =>
        {
            if (number == 2)
            {
                await stop.CancelAsync();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pool.ScaleActorPoolAsync(2, stop.Token));
        Assert.Empty(pool.Names);
        Assert.Empty(pool.Living);
    }

    [Fact]
    public async Task A_member_whose_health_cannot_be_told_is_not_killed_for_it()
    {
        await using MemoryPool pool = new();
        await pool.ScaleActorPoolAsync(2, Token);
        pool.OnHealth = (name, _) => name == "a2" ? throw new TimeoutException("no answer.") : Task.FromResult(false);
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => pool.ScaleActorPoolAsync(3, Token));
        Assert.Equal("HealthUnknown", error.ErrorId);
        Assert.Contains("'a2'", error.Message, StringComparison.Ordinal);
        Assert.Equal(["a1", "a2"], pool.Names);
        Assert.Empty(pool.Killed);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1_000_001)]
    [InlineData(int.MinValue)]
    public async Task A_count_that_makes_no_sense_is_refused(int count)
    {
        await using MemoryPool pool = new();
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => pool.ScaleActorPoolAsync(count, Token));
        Assert.Equal("InvalidSize", error.ErrorId);
    }

    [Fact]
    public async Task A_pool_that_was_disposed_does_not_grow_again()
    {
        MemoryPool pool = new();
        await pool.ScaleActorPoolAsync(1, Token);
        await pool.DisposeAsync();
        await pool.DisposeAsync();
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => pool.ScaleActorPoolAsync(1, Token));
        Assert.Equal("PoolRemoved", error.ErrorId);
        Assert.Empty(pool.Living);
    }

    [Fact]
    public async Task Names_are_the_types_own_unless_a_subclass_knows_better()
    {
        await using MemoryPool pool = new();
        await pool.ScaleActorPoolAsync(1, Token);
        Assert.Equal("MemoryPool", pool.GetActorPoolName());
        Assert.Equal("a1", pool.GetActorNameFromActorInfo(pool.GetAllPoolMembers()[0].ActorInfo));
    }
}

using Eformer.Pool.Pools;

namespace Eformer.Pool;

/// <summary>A pool of actors of one kind: it makes them, replaces those that died, lists them in slots, and lets them go.</summary>
/// <remarks>
/// Thread-safe. Scaling and draining take turns; listing never waits. A subclass says how an actor is made, whether it is
/// well, and how it ends; those methods are called for several actors at once, and never while a lock is held.
/// <c>samples/ProcessPool</c> is a complete one.
/// </remarks>
/// <typeparam name="TInfo">What is known of each actor. It is never compared or hashed, so any type will do.</typeparam>
public abstract class ResourcePoolManager<TInfo> : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly SlotTable<ActorPoolMember<TInfo>> _slots = new();
    private CancellationTokenSource _drainAsked = new();
    private Task _draining = Task.CompletedTask;
    private volatile bool _removed;

    /// <summary>Makes an empty pool.</summary>
    /// <param name="clock">The clock for the limits below; null for the system's.</param>
    protected ResourcePoolManager(TimeProvider? clock = null) => Clock = clock ?? TimeProvider.System;

    /// <summary>The clock that limits are counted on.</summary>
    protected TimeProvider Clock { get; }

    /// <summary>How long an actor may take to end by itself before it is killed; 5 s, as in eformer's pool_manager.</summary>
    protected virtual TimeSpan StopGrace => TimeSpan.FromSeconds(5);

    /// <summary>How long the health of an actor may stay unknown before scaling is refused; 60 s, as in eformer's pool_manager.</summary>
    protected virtual TimeSpan HealthLimit => TimeSpan.FromSeconds(60);

    /// <summary>Makes one more actor, which is not a member until <see cref="ScaleActorPoolAsync"/> has put it into a slot.</summary>
    /// <remarks>When it throws, or is cancelled, it must have left nothing behind.</remarks>
    public abstract Task<ActorPoolMember<TInfo>> CreateActorAsync(CancellationToken cancellationToken = default);

    /// <summary>Removes members that are not well, then grows or shrinks to a number of members.</summary>
    /// <remarks>
    /// Growing leaves members alone and fills the lowest free slots, in order, whichever actor is ready first. Shrinking ends
    /// the members in the highest slots. When one new actor cannot be made, those that were made are ended again.
    /// </remarks>
    /// <param name="count">0 to 1,000,000.</param>
    /// <param name="cancellationToken">Ends a growth, and with it what was made. An end that has begun is finished.</param>
    /// <exception cref="SlicePoolException">
    /// <c>InvalidSize</c>, <c>PoolRemoved</c>; <c>PoolDrained</c>: a drain came in between; <c>HealthUnknown</c>: nothing was
    /// changed; <c>ActorStopFailed</c>, <c>ActorNotEnded</c>. Otherwise what <see cref="CreateActorAsync"/> threw.
    /// </exception>
    public virtual async Task ScaleActorPoolAsync(int count, CancellationToken cancellationToken = default)
    {
        int wanted = count == 0 ? 0 : PoolSize.Check(count, "members");
        CancellationToken drain = Volatile.Read(ref _drainAsked).Token;
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, drain);
        try
        {
            await _turn.WaitAsync(either.Token);
            await ScaleInTurnAsync(wanted, either.Token);
        }
        catch (OperationCanceledException) when (drain.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw ActorPoolErrors.Drained(GetActorPoolName());
        }
    }

    /// <summary>Lets all actors go and leaves the pool empty: each may end by itself for <see cref="StopGrace"/>, then it is killed.</summary>
    /// <remarks>Doing it twice does no harm. Who calls while it goes on waits for the same drain. A growth that goes on is ended.</remarks>
    /// <param name="cancellationToken">Ends the waiting; the drain goes on.</param>
    /// <exception cref="SlicePoolException">
    /// <c>ActorStopFailed</c>: an actor had to be killed because stopping it failed; the pool is empty.
    /// <c>ActorNotEnded</c>: killing failed too; those actors are still members, and another drain tries again.
    /// </exception>
    public virtual Task DrainActorPoolAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_draining.IsCompleted)
            {
                _draining = Task.Run(DrainInTurnAsync, CancellationToken.None);
            }

            return _draining.WaitAsync(cancellationToken);
        }
    }

    /// <summary>All members, in slot order, as they are now.</summary>
    public virtual IReadOnlyList<ActorPoolMember<TInfo>> GetAllPoolMembers() => _slots.Items;

    /// <summary>The handles of all members, in slot order.</summary>
    public IReadOnlyList<ActorHandle> GetAllActorsInPool() => [.. GetAllPoolMembers().Select(member => member.Actor)];

    /// <summary>Name of the pool, for people. The type's name unless a subclass knows better.</summary>
    public virtual string GetActorPoolName() => GetType().Name;

    /// <summary>Name of an actor, for people.</summary>
    public virtual string GetActorNameFromActorInfo(TInfo actorInfo) => actorInfo?.ToString() ?? "";

    /// <summary>Drains the pool and ends the manager. Doing it twice does no harm.</summary>
    public async ValueTask DisposeAsync()
    {
        // First, so that no scaling can begin between the drain and the end.
        _removed = true;
        await EndPoolAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>What <see cref="DisposeAsync"/> does: drains. A subclass that holds more lets go of it here. May be called twice.</summary>
    protected virtual Task EndPoolAsync() => DrainActorPoolAsync(CancellationToken.None);

    /// <summary>Whether an actor is well. Being busy is well: answer without waiting for the actor's work.</summary>
    /// <remarks>Throw when it cannot be told; nothing is removed then.</remarks>
    protected virtual Task<bool> IsHealthyAsync(ActorPoolMember<TInfo> member, CancellationToken cancellationToken) => Task.FromResult(true);

    /// <summary>Asks an actor to end and waits until it has. Kills it unless a subclass knows a gentler way.</summary>
    /// <param name="member">The actor.</param>
    /// <param name="cancellationToken">Cancelled after <see cref="StopGrace"/>; <see cref="KillActorAsync"/> follows.</param>
    protected virtual Task StopActorAsync(ActorPoolMember<TInfo> member, CancellationToken cancellationToken) => KillActorAsync(member);

    /// <summary>Ends an actor by force. Must do no harm when it has ended already.</summary>
    protected abstract Task KillActorAsync(ActorPoolMember<TInfo> member);

    private async Task ScaleInTurnAsync(int count, CancellationToken cancellationToken)
    {
        try
        {
            if (_removed)
            {
                throw ActorPoolErrors.Removed(GetActorPoolName());
            }

            ActorLife<TInfo> life = Life();
            await life.RemoveAsync(await life.FindUnwellAsync(cancellationToken), gently: false);
            await life.RemoveAsync(_slots.Beyond(count), gently: true);
            await life.GrowAsync(count, CreateActorAsync, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task DrainInTurnAsync()
    {
        // Whoever asked for a size before this drain is answered by it.
        await Interlocked.Exchange(ref _drainAsked, new CancellationTokenSource()).CancelAsync();
        await _turn.WaitAsync();
        try
        {
            await Life().RemoveAsync(_slots.Beyond(0), gently: true);
        }
        finally
        {
            _turn.Release();
        }
    }

    private ActorLife<TInfo> Life() => new(_slots, IsHealthyAsync, StopActorAsync, KillActorAsync)
    {
        NameOf = member => GetActorNameFromActorInfo(member.ActorInfo),
        StopGrace = StopGrace,
        HealthLimit = HealthLimit,
        Clock = Clock,
    };
}

namespace Eformer.Pool;

/// <summary>A pool of actors of one kind: it creates them, names them, lists them, and lets them go.</summary>
/// <typeparam name="TInfo">What is known of each actor.</typeparam>
public abstract class ResourcePoolManager<TInfo> : IAsyncDisposable
{
    /// <summary>Makes one more actor.</summary>
    public abstract Task<ActorPoolMember<TInfo>> CreateActorAsync(CancellationToken cancellationToken = default);

    /// <summary>Lets all actors go and leaves the pool empty. Doing it twice does no harm.</summary>
    public abstract Task DrainActorPoolAsync(CancellationToken cancellationToken = default);

    /// <summary>All members, in slot order.</summary>
    public abstract IReadOnlyList<ActorPoolMember<TInfo>> GetAllPoolMembers();

    /// <summary>The handles of all members, in slot order.</summary>
    public IReadOnlyList<ActorHandle> GetAllActorsInPool() => [.. GetAllPoolMembers().Select(member => member.Actor)];

    /// <summary>Name of the pool, for people. The type's name unless a subclass knows better.</summary>
    public virtual string GetActorPoolName() => GetType().Name;

    /// <summary>Name of an actor, for people.</summary>
    public virtual string GetActorNameFromActorInfo(TInfo actorInfo) => actorInfo?.ToString() ?? "";

    /// <summary>Lets all actors go and ends the manager.</summary>
    public abstract ValueTask DisposeAsync();
}

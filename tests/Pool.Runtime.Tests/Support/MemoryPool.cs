using System.Collections.Concurrent;
using System.Globalization;

namespace Eformer.Pool.Tests.Support;

/// <summary>A pool of actors that are only names. What its actors do is set by the test.</summary>
internal sealed class MemoryPool(TimeProvider? clock = null) : ResourcePoolManager<MemoryPool.Info>(clock)
{
    private int _made;

    /// <summary>Is mutable and compares by nothing: the kind of information that must never become a key.</summary>
    public sealed class Info
    {
        public required string Name { get; set; }

        public override bool Equals(object? obj) => throw new NotSupportedException("unhashable type");

        public override int GetHashCode() => throw new NotSupportedException("unhashable type");
    }

    /// <summary>Called with the number of the actor before it is made.</summary>
    public Func<int, CancellationToken, Task> OnCreate { get; set; } = (_, _) => Task.CompletedTask;

    public Func<string, CancellationToken, Task<bool>> OnHealth { get; set; } = (_, _) => Task.FromResult(true);

    public Func<string, CancellationToken, Task> OnStop { get; set; } = (_, _) => Task.CompletedTask;

    public Func<string, Task> OnKill { get; set; } = _ => Task.CompletedTask;

    /// <summary>Actors that were made and have not ended.</summary>
    public ConcurrentDictionary<string, bool> Living { get; } = new();

    public ConcurrentQueue<string> Killed { get; } = new();

    public IReadOnlyList<string> Names => [.. GetAllActorsInPool().Select(actor => actor.Name)];

    public override async Task<ActorPoolMember<Info>> CreateActorAsync(CancellationToken cancellationToken = default)
    {
        int number = Interlocked.Increment(ref _made);
        await OnCreate(number, cancellationToken);
        string name = "a" + number.ToString(CultureInfo.InvariantCulture);
        Living[name] = true;
        return new ActorPoolMember<Info>(new ActorHandle(name, name, number), new Info { Name = name });
    }

    public override string GetActorNameFromActorInfo(Info actorInfo) => actorInfo.Name;

    protected override Task<bool> IsHealthyAsync(ActorPoolMember<Info> member, CancellationToken cancellationToken) =>
        OnHealth(member.Actor.Name, cancellationToken);

    protected override async Task StopActorAsync(ActorPoolMember<Info> member, CancellationToken cancellationToken)
    {
        await OnStop(member.Actor.Name, cancellationToken);
        Living.TryRemove(member.Actor.Name, out _);
    }

    protected override async Task KillActorAsync(ActorPoolMember<Info> member)
    {
        await OnKill(member.Actor.Name);
        Killed.Enqueue(member.Actor.Name);
        Living.TryRemove(member.Actor.Name, out _);
    }
}

namespace Eformer.Pool.Pools;

/// <summary>Births, examinations and ends of a pool's actors. Whoever uses it must be the only one to change the slots.</summary>
internal sealed class ActorLife<TInfo>(
    SlotTable<ActorPoolMember<TInfo>> slots,
    Func<ActorPoolMember<TInfo>, CancellationToken, Task<bool>> isHealthy,
    Func<ActorPoolMember<TInfo>, CancellationToken, Task> stop,
    Func<ActorPoolMember<TInfo>, Task> kill)
{
    public required Func<ActorPoolMember<TInfo>, string> NameOf { get; init; }

    public required TimeSpan StopGrace { get; init; }

    public required TimeSpan HealthLimit { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>Asks all members at once how they are.</summary>
    public async Task<IReadOnlyList<KeyValuePair<int, ActorPoolMember<TInfo>>>> FindUnwellAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<KeyValuePair<int, ActorPoolMember<TInfo>>> members = slots.Entries;
        bool[] well = await Task.WhenAll(members.Select(member => IsWellAsync(member.Value, cancellationToken)));
        return [.. members.Where((_, index) => !well[index])];
    }

    /// <summary>Ends members and takes them out of their slots. Not cancellable: an actor half ended is of no use to anybody.</summary>
    /// <param name="members">Which.</param>
    /// <param name="gently">Whether they may end by themselves first; the dead are not asked to.</param>
    public async Task RemoveAsync(IReadOnlyList<KeyValuePair<int, ActorPoolMember<TInfo>>> members, bool gently)
    {
        Ending[] ends = await EndAllAsync(members, gently);

        // What could not be ended is still ours, and the next call tries again.
        slots.Remove(members.Where((_, index) => ends[index].Kill is null).Select(member => member.Key));
        if (Error(ends) is { } error)
        {
            throw error;
        }
    }

    /// <summary>Fills the lowest free slots until there are so many members; all of them or none.</summary>
    public async Task GrowAsync(
        int count, Func<CancellationToken, Task<ActorPoolMember<TInfo>>> create, CancellationToken cancellationToken)
    {
        IReadOnlyList<int> free = slots.FreeFor(count);
        using CancellationTokenSource giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<ActorPoolMember<TInfo>>[] births = [.. free.Select(_ => MakeAsync(create, giveUp))];
        try
        {
            slots.Put(free.Zip(await Task.WhenAll(births), KeyValuePair.Create));
        }
        catch (Exception exception)
        {
            await UndoAsync([.. free.Zip(births).Where(birth => birth.Second.IsCompletedSuccessfully)
                .Select(birth => KeyValuePair.Create(birth.First, birth.Second.Result))], exception);
            throw;
        }
    }

    private static async Task<ActorPoolMember<TInfo>> MakeAsync(
        Func<CancellationToken, Task<ActorPoolMember<TInfo>>> create, CancellationTokenSource giveUp)
    {
        try
        {
            giveUp.Token.ThrowIfCancellationRequested();
            return await create(giveUp.Token);
        }
        catch
        {
            // The others would be ended again anyway.
            await giveUp.CancelAsync();
            throw;
        }
    }

    private async Task UndoAsync(IReadOnlyList<KeyValuePair<int, ActorPoolMember<TInfo>>> made, Exception cause)
    {
        Ending[] ends = await EndAllAsync(made, gently: true);

        // A member nobody wanted is better than an actor nobody knows of.
        slots.Put(made.Where((_, index) => ends[index].Kill is not null));
        if (Error(ends) is { } error)
        {
            throw new AggregateException("The pool could not grow, and what had been made did not end as it should.", cause, error);
        }
    }

    private Task<Ending[]> EndAllAsync(IReadOnlyList<KeyValuePair<int, ActorPoolMember<TInfo>>> members, bool gently) =>
        Task.WhenAll(members.Select(member => EndAsync(member.Value, gently)));

    private async Task<bool> IsWellAsync(ActorPoolMember<TInfo> member, CancellationToken cancellationToken)
    {
        try
        {
            return await isHealthy(member, cancellationToken).WaitAsync(HealthLimit, Clock, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Silence is no proof of death: a member that is only slow to answer must not be killed for it.
            throw ActorPoolErrors.HealthUnknown(NameOf(member), exception);
        }
    }

    private async Task<Ending> EndAsync(ActorPoolMember<TInfo> member, bool gently)
    {
        Exception? stopFailure = null;
        if (gently)
        {
            (bool stopped, stopFailure) = await TryStopAsync(member);
            if (stopped)
            {
                return new Ending(NameOf(member), null, null);
            }
        }

        try
        {
            await kill(member);
            return new Ending(NameOf(member), stopFailure, null);
        }
        catch (Exception exception)
        {
            return new Ending(NameOf(member), stopFailure, exception);
        }
    }

    // Running out of time is no failure: killing is what comes next. What the stop does after that is overtaken by the kill.
    private async Task<(bool Stopped, Exception? Failure)> TryStopAsync(ActorPoolMember<TInfo> member)
    {
        using CancellationTokenSource grace = new(StopGrace, Clock);
        try
        {
            await stop(member, grace.Token).WaitAsync(grace.Token);
            return (true, null);
        }
        catch (OperationCanceledException) when (grace.IsCancellationRequested)
        {
            return (false, null);
        }
        catch (Exception exception)
        {
            return (false, exception);
        }
    }

    private static SlicePoolException? Error(IReadOnlyList<Ending> ends) => ActorPoolErrors.Ending(
        [.. ends.Where(end => end.Stop is not null).Select(end => new ActorFailure(end.Name, end.Stop!))],
        [.. ends.Where(end => end.Kill is not null).Select(end => new ActorFailure(end.Name, end.Kill!))]);

    /// <summary>How an end went: what stopping and killing threw, or null.</summary>
    private sealed record Ending(string Name, Exception? Stop, Exception? Kill);
}

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>The attempt that runs on a host, and those that wait for it to end. Not thread-safe: its host's lock guards it.</summary>
internal sealed class AttemptQueue
{
    /// <summary>How many may wait.</summary>
    public const int MaxWaiting = 64;

    private readonly LinkedList<(Attempt Attempt, TaskCompletionSource Turn)> _waiting = new();

    /// <summary>The attempt that runs; null when none does.</summary>
    public Attempt? Current { get; private set; }

    /// <summary>The attempt that runs and all that wait.</summary>
    public IReadOnlyList<Attempt> All => [.. Current is null ? Enumerable.Empty<Attempt>() : [Current], .. _waiting.Select(waiter => waiter.Attempt)];

    /// <summary>Whether another one may wait.</summary>
    public bool IsFull => _waiting.Count >= MaxWaiting;

    /// <summary>Makes an attempt the one that runs, when none does.</summary>
    public bool TryBegin(Attempt attempt)
    {
        Current ??= attempt;
        return Current == attempt;
    }

    /// <summary>Has an attempt wait for its turn, behind the others or before them.</summary>
    /// <returns>Completes when it is its turn.</returns>
    public Task Wait(Attempt attempt, bool first)
    {
        TaskCompletionSource turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = first ? _waiting.AddFirst((attempt, turn)) : _waiting.AddLast((attempt, turn));
        return turn.Task;
    }

    /// <summary>Takes an attempt out: the next one's turn comes when it was the one that ran.</summary>
    public void Remove(Attempt attempt)
    {
        if (Current != attempt)
        {
            _ = _waiting.FirstOrDefault(waiter => waiter.Attempt == attempt) is { Turn: not null } found && _waiting.Remove(found);
            return;
        }

        Current = _waiting.First?.Value.Attempt;
        if (_waiting.First is { } next)
        {
            _waiting.RemoveFirst();
            next.Value.Turn.SetResult();
        }
    }
}

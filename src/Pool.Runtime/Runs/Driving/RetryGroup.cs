namespace Eformer.Pool.Runs.Driving;

/// <summary>Hosts that are tried again together, and what is left of their budgets. Pure: it decides, the collector acts.</summary>
internal sealed class RetryGroup(IReadOnlyList<RunTarget> targets, int failures, int preemptions)
{
    private readonly Dictionary<RunTarget, AttemptEnd> _held = [];
    private int _failuresLeft = failures;
    private int _preemptionsLeft = preemptions;
    private int _retries;

    /// <summary>The hosts.</summary>
    public IReadOnlyList<RunTarget> Targets => targets;

    /// <summary>Which budget the next attempt is taken from; none when there will be no next.</summary>
    public RetryKind Next { get; private set; }

    /// <summary>Ends that are held back, because the attempt may not be the last.</summary>
    public IReadOnlyDictionary<RunTarget, AttemptEnd> Held => _held;

    /// <summary>Whether all have ended, so that the next attempt can be made.</summary>
    public bool IsDue => Next != RetryKind.None && _held.Count == targets.Count;

    /// <summary>The pause before the next attempt.</summary>
    public TimeSpan Pause => RetryRules.Pause(_retries);

    /// <summary>Takes the end of a host's attempt.</summary>
    /// <returns>Whether the others are to be stopped, because the group starts again together.</returns>
    public bool Take(RunTarget target, AttemptEnd end)
    {
        _held[target] = end;
        RetryKind kind = RetryRules.KindOf(end);
        if (Next != RetryKind.None || kind == RetryKind.None || Left(kind) == 0)
        {
            return false;
        }

        Next = kind;
        return targets.Count > 1;
    }

    /// <summary>The ends that are final now, and are held no longer: all, when no other attempt will be made and none can become necessary.</summary>
    public IReadOnlyList<(RunTarget Target, AttemptEnd End)> TakeFinal()
    {
        bool over = Next == RetryKind.None && (_held.Count == targets.Count || _failuresLeft + _preemptionsLeft == 0);
        return over ? TakeAll() : [];
    }

    /// <summary>Takes out the ends that another attempt was to follow: there will be none. What else is held stays, and is final.</summary>
    public IReadOnlyList<(RunTarget Target, AttemptEnd End)> GiveUpNext()
    {
        (RunTarget, AttemptEnd)[] open = Next == RetryKind.None
            ? []
            : [.. _held.Where(pair => RetryRules.KindOf(pair.Value) != RetryKind.None).Select(pair => (pair.Key, pair.Value))];
        Next = RetryKind.None;
        foreach ((RunTarget target, _) in open)
        {
            _held.Remove(target);
        }

        return open;
    }

    /// <summary>Gives the held ends up as final, whatever might have followed.</summary>
    public IReadOnlyList<(RunTarget Target, AttemptEnd End)> TakeAll()
    {
        Next = RetryKind.None;
        (RunTarget, AttemptEnd)[] ends = [.. _held.Select(pair => (pair.Key, pair.Value))];
        _held.Clear();
        return ends;
    }

    /// <summary>Makes the next attempt the present one, at the cost of its budget.</summary>
    public void Start()
    {
        _failuresLeft -= Next == RetryKind.Failure ? 1 : 0;
        _preemptionsLeft -= Next == RetryKind.Preemption ? 1 : 0;
        _retries++;
        Next = RetryKind.None;
        _held.Clear();
    }

    private int Left(RetryKind kind) => kind == RetryKind.Failure ? _failuresLeft : _preemptionsLeft;
}

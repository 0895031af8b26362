using Eformer.Pool.Store;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>
/// Knows how each host does, and what of it the store has not been told yet. Bad news are worth a heartbeat of their own; that a
/// host works or rests goes with the next one. Thread-safe.
/// </summary>
/// <param name="slots">The hosts.</param>
/// <param name="refusal">Why no lease is accepted on any of them; null when they are. Asked at each look.</param>
/// <param name="clock">The clock.</param>
/// <param name="onBadNews">Sends a heartbeat.</param>
internal sealed class HealthWatch(IReadOnlyList<HostSlot> slots, Func<string?> refusal, TimeProvider clock, Action onBadNews)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, HostHealth> _said = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HostHealth> _known = new(StringComparer.Ordinal);
    private volatile string? _preemption;

    /// <summary>Why the machine will be taken away; null when nothing of the kind is announced.</summary>
    public string? Preemption => _preemption;

    /// <summary>The provider's notice that the machine will be taken away; null when it takes that back.</summary>
    public void Preempt(string? reason)
    {
        _preemption = reason;
        onBadNews();
    }

    /// <summary>Looks after runners that do not start, and at how the hosts do.</summary>
    public async Task LookAsync()
    {
        bool news = false;
        string? refused = refusal();
        foreach (HostSlot slot in slots)
        {
            // What only keeps a host from the next lease is no trouble of the one that it holds; of one that holds none it tells more than a runner does.
            string? failed = await slot.Runners.TendAsync();
            string? trouble = (slot.Lease is null ? refused : null) ?? failed;
            news |= Note(slot.Key, Judge(_preemption, trouble, slot.IsBusy));
        }

        if (news)
        {
            onBadNews();
        }
    }

    /// <summary>What the store has not been told.</summary>
    public IReadOnlyDictionary<string, HostHealth> Changes()
    {
        lock (_gate)
        {
            return _known.Where(pair => _said.GetValueOrDefault(pair.Key) != pair.Value).ToDictionary(StringComparer.Ordinal);
        }
    }

    /// <summary>The store has been told.</summary>
    public void Told(IReadOnlyDictionary<string, HostHealth> changes)
    {
        lock (_gate)
        {
            foreach ((string host, HostHealth health) in changes)
            {
                _said[host] = health;
            }
        }
    }

    /// <summary>The store has forgotten what it was told.</summary>
    public void Forgotten()
    {
        lock (_gate)
        {
            _said.Clear();
        }
    }

    private static (HostCondition Condition, string Why) Judge(string? preemption, string? trouble, bool busy) =>
        preemption is not null ? (HostCondition.Preempting, preemption)
        : trouble is not null ? (HostCondition.RunnerFailed, trouble)
        : busy ? (HostCondition.Busy, "a run is in progress")
        : (HostCondition.Ready, "");

    // Whether it is worth a heartbeat: a change from or to anything but ready and busy.
    private bool Note(string host, (HostCondition Condition, string Why) now)
    {
        lock (_gate)
        {
            HostHealth before = _known.GetValueOrDefault(host, HostHealth.Unknown);
            if (before.Condition == now.Condition && before.Why == now.Why && before.SinceMs > 0)
            {
                return false;
            }

            _known[host] = new HostHealth(now.Condition, now.Why, clock.GetUtcNow().ToUnixTimeMilliseconds());
            return IsBad(before.Condition) || IsBad(now.Condition);
        }
    }

    private static bool IsBad(HostCondition condition) => condition is HostCondition.Preempting or HostCondition.RunnerFailed;
}

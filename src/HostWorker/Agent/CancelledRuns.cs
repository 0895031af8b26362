using Eformer.Pool.Envelopes;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>
/// Remembers which attempts of which runs were told to stop, for as long as a command to start them may still come. Bounded: when full,
/// the oldest is forgotten, and such an attempt is stopped by its driver's next wish.
/// </summary>
internal sealed class CancelledRuns(TimeProvider clock)
{
    private const int Capacity = 100_000;
    private static readonly TimeSpan s_memory = CommandLifetime.Longest + CommandLifetime.Skew + CommandLifetime.Skew;
    private readonly Dictionary<string, int> _attempts = new(StringComparer.Ordinal);
    private readonly Queue<(string RunId, long At)> _order = new();
    private readonly Lock _gate = new();

    /// <summary>Notes that a run's attempts up to a number are to stop.</summary>
    public void Add(string runId, int attempt)
    {
        lock (_gate)
        {
            Forget();
            _attempts[runId] = Math.Max(attempt, _attempts.GetValueOrDefault(runId));
            _order.Enqueue((runId, clock.GetTimestamp()));
        }
    }

    /// <summary>Whether an attempt is to stop.</summary>
    public bool Has(string runId, int attempt)
    {
        lock (_gate)
        {
            return _attempts.GetValueOrDefault(runId) >= attempt;
        }
    }

    private void Forget()
    {
        while (_order.TryPeek(out (string RunId, long At) oldest) && (_order.Count >= Capacity || clock.GetElapsedTime(oldest.At) > s_memory))
        {
            _attempts.Remove(_order.Dequeue().RunId);
        }
    }
}

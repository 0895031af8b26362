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
    private readonly Dictionary<string, (int Attempt, long IssuedMs)> _stops = new(StringComparer.Ordinal);
    private readonly Queue<(string RunId, long At)> _order = new();
    private readonly Lock _gate = new();

    /// <summary>Notes that a run's attempts up to a number are to stop.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="attempt">The number.</param>
    /// <param name="issuedMs">When the wish was signed, Unix milliseconds.</param>
    public void Add(string runId, int attempt, long issuedMs)
    {
        lock (_gate)
        {
            Forget();
            (int Attempt, long IssuedMs) known = _stops.GetValueOrDefault(runId);
            _stops[runId] = (Math.Max(attempt, known.Attempt), Math.Max(issuedMs, known.IssuedMs));
            _order.Enqueue((runId, clock.GetTimestamp()));
        }
    }

    /// <summary>Whether an attempt is to stop.</summary>
    public bool Has(string runId, int attempt)
    {
        lock (_gate)
        {
            return _stops.GetValueOrDefault(runId).Attempt >= attempt;
        }
    }

    /// <summary>Notes that a run was sent anew: a run that was stopped and removed leaves its id to another one.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="issuedMs">When its command was signed, Unix milliseconds.</param>
    /// <remarks>
    /// A stop of the whole run that is still meant is marked in the store, which says so when the run is claimed. One of single attempts is
    /// not; but it and the command come from the same driver, so their times tell which came first.
    /// </remarks>
    public void Restart(string runId, long issuedMs)
    {
        lock (_gate)
        {
            if (_stops.TryGetValue(runId, out (int Attempt, long IssuedMs) stop) && (stop.Attempt == int.MaxValue || stop.IssuedMs < issuedMs))
            {
                _stops.Remove(runId);
            }
        }
    }

    private void Forget()
    {
        while (_order.TryPeek(out (string RunId, long At) oldest) && (_order.Count >= Capacity || clock.GetElapsedTime(oldest.At) > s_memory))
        {
            _stops.Remove(_order.Dequeue().RunId);
        }
    }
}

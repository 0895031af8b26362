using Eformer.Pool.Envelopes;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>Remembers commands for as long as they are valid, so that the same one is never acted on twice. Bounded: when full, it refuses.</summary>
internal sealed class SeenCommands(TimeProvider clock)
{
    private const int Capacity = 100_000;
    private static readonly TimeSpan s_memory = CommandLifetime.Longest + CommandLifetime.Skew + CommandLifetime.Skew;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Queue<(string Key, long At)> _order = new();
    private readonly Lock _gate = new();

    /// <summary>Whether a command is new; from then on it is not.</summary>
    public bool IsNew(string key)
    {
        lock (_gate)
        {
            Forget();
            if (_seen.Count >= Capacity || !_seen.Add(key))
            {
                return false;
            }

            _order.Enqueue((key, clock.GetTimestamp()));
            return true;
        }
    }

    /// <summary>Whether a command was seen.</summary>
    public bool Has(string key)
    {
        lock (_gate)
        {
            return _seen.Contains(key);
        }
    }

    private void Forget()
    {
        while (_order.TryPeek(out (string Key, long At) oldest) && clock.GetElapsedTime(oldest.At) > s_memory)
        {
            _seen.Remove(_order.Dequeue().Key);
        }
    }
}

namespace Eformer.Pool.HostWorker.Functions;

/// <summary>
/// Starts the functions of one command in the agent's process: all when every host of it has its place, the last of them on the thread
/// that is at hand. What comes later, because it had to wait, starts by itself. Thread-safe.
/// </summary>
internal sealed class CallStarts
{
    private readonly Lock _gate = new();
    private List<Action>? _gathered = [];

    /// <summary>Adds one. It may block for as long as it likes.</summary>
    public void Add(Action start)
    {
        lock (_gate)
        {
            if (_gathered is not null)
            {
                _gathered.Add(start);
                return;
            }
        }

        Queue(start);
    }

    /// <summary>Starts all that were added. Returns when the last of them does.</summary>
    public void Go()
    {
        List<Action> starts;
        lock (_gate)
        {
            starts = _gathered!;
            _gathered = null;
        }

        if (starts.Count == 0)
        {
            return;
        }

        foreach (Action start in starts[..^1])
        {
            Queue(start);
        }

        starts[^1]();
    }

    private static void Queue(Action start) => ThreadPool.UnsafeQueueUserWorkItem(static start => start(), start, preferLocal: false);
}

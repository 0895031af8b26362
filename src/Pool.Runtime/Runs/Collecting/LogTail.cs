using Eformer.Pool.Store;

namespace Eformer.Pool.Runs.Collecting;

/// <summary>Puts a run's log together, in order and without gaps, from what rode in doorbells and what must be read. Thread-safe.</summary>
internal sealed class LogTail
{
    // What rode along and cannot be used yet is kept up to here; the rest is read from the log later.
    private const int MaxRiders = 256;
    private readonly Lock _gate = new();
    private readonly Dictionary<long, ReadOnlyMemory<byte>> _riders = [];
    private long _next;
    private long _known = -1;

    /// <summary>Index of the entry that comes next.</summary>
    public long Next
    {
        get
        {
            lock (_gate)
            {
                return _next;
            }
        }
    }

    /// <summary>Whether the log is known to hold entries that were not taken yet.</summary>
    public bool IsBehind
    {
        get
        {
            lock (_gate)
            {
                return _known >= _next;
            }
        }
    }

    public void Notice(LogNotice notice)
    {
        lock (_gate)
        {
            _known = Math.Max(_known, notice.Index);
            if (!notice.Entry.IsEmpty && notice.Index >= _next && _riders.Count < MaxRiders)
            {
                _riders[notice.Index] = notice.Entry;
            }
        }
    }

    /// <summary>Takes the next entry when it rode along.</summary>
    public bool TryTake(out ReadOnlyMemory<byte> entry)
    {
        lock (_gate)
        {
            if (!_riders.Remove(_next, out entry))
            {
                return false;
            }

            _next++;
            return true;
        }
    }

    /// <summary>Says that what was taken last is not to be believed: whatever the log has in that place must be read.</summary>
    public void Refuse()
    {
        lock (_gate)
        {
            _next--;
            _known = Math.Max(_known, _next);
        }
    }

    /// <summary>Says that entries from <see cref="Next"/> on were read from the log.</summary>
    public void Read(int count)
    {
        lock (_gate)
        {
            for (int i = 0; i < count; i++)
            {
                _riders.Remove(_next++);
            }
        }
    }
}

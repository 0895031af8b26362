using System.Text.Json.Serialization.Metadata;

namespace Eformer.Pool.HostWorker.Functions;

/// <summary>Holds the last report of a function until it is time to send it: at most ten a second. Thread-safe.</summary>
/// <param name="clock">The clock.</param>
/// <param name="schedule">Has it taken out so much later.</param>
internal sealed class ReportBox(TimeProvider clock, Action<TimeSpan> schedule)
{
    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(100);
    private readonly ValueBatch _last = new("A report");
    private readonly Lock _gate = new();
    private long? _sentAt;
    private bool _waits;

    /// <summary>Puts a report in; one that waits is forgotten.</summary>
    /// <exception cref="SlicePoolException"><c>PayloadInvalid</c>, <c>PayloadTooLarge</c>.</exception>
    public void Put<T>(T value, JsonTypeInfo<T> info)
    {
        _last.Add(value, info, alone: true);
        TimeSpan due;
        lock (_gate)
        {
            if (_waits)
            {
                return;
            }

            _waits = true;
            TimeSpan since = _sentAt is { } at ? clock.GetElapsedTime(at) : s_between;
            due = since < s_between ? s_between - since : TimeSpan.Zero;
        }

        schedule(due);
    }

    /// <summary>Takes it out; the bytes are valid until the next call.</summary>
    public (int Count, ReadOnlyMemory<byte> Bytes) Take()
    {
        lock (_gate)
        {
            (_waits, _sentAt) = (false, clock.GetTimestamp());
        }

        return _last.Take();
    }
}

using System.Management.Automation;

namespace Eformer.Pool.Module.Streams;

/// <summary>Keeps the progress bars of many hosts apart, and completes those that a host left open.</summary>
internal sealed class HostProgressBars
{
    // Far from the small numbers that scripts give to bars of their own.
    private const int FirstId = 1_000_000;

    private readonly Dictionary<(HostAddress Host, int ActivityId), int> _ids = [];
    private readonly Dictionary<HostAddress, Dictionary<int, ProgressRecord>> _open = [];

    /// <summary>The record as it may be shown beside those of other hosts.</summary>
    public ProgressRecord Translate(ProgressRecord written, HostAddress host)
    {
        ProgressRecord shown = new(Id(host, written.ActivityId), $"[{host}] {written.Activity}", Text(written.StatusDescription))
        {
            ParentActivityId = written.ParentActivityId < 0 ? -1 : Id(host, written.ParentActivityId),
            CurrentOperation = written.CurrentOperation,
            PercentComplete = written.PercentComplete,
            SecondsRemaining = written.SecondsRemaining,
            RecordType = written.RecordType,
        };
        Remember(shown, host);
        return shown;
    }

    /// <summary>The records that complete what a host left open.</summary>
    public IReadOnlyList<ProgressRecord> Complete(HostAddress host) =>
        _open.Remove(host, out Dictionary<int, ProgressRecord>? bars) ? [.. bars.Values.Select(Completed)] : [];

    private void Remember(ProgressRecord shown, HostAddress host)
    {
        if (!_open.TryGetValue(host, out Dictionary<int, ProgressRecord>? bars))
        {
            _open.Add(host, bars = []);
        }

        bars.Remove(shown.ActivityId);
        if (shown.RecordType == ProgressRecordType.Processing)
        {
            bars.Add(shown.ActivityId, shown);
        }
    }

    private int Id(HostAddress host, int activityId)
    {
        if (!_ids.TryGetValue((host, activityId), out int id))
        {
            id = FirstId + _ids.Count;
            _ids.Add((host, activityId), id);
        }

        return id;
    }

    private static ProgressRecord Completed(ProgressRecord bar) => new(bar.ActivityId, bar.Activity, bar.StatusDescription)
    {
        ParentActivityId = bar.ParentActivityId,
        RecordType = ProgressRecordType.Completed,
    };

    // The engine refuses an empty status.
    private static string Text(string? status) => string.IsNullOrEmpty(status) ? " " : status;
}

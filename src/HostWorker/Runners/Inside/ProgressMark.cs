using System.Management.Automation;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>Keeps of a run's progress records what tells how far it has come.</summary>
internal sealed class ProgressMark
{
    private const int MaxText = 100;
    private const string UsualStatus = "Processing";
    private int _activity;
    private RunProgress? _current;

    /// <summary>Takes a record in.</summary>
    /// <returns>What goes on now; null when nothing is known to.</returns>
    public RunProgress? Take(ProgressRecord record)
    {
        if (record.RecordType == ProgressRecordType.Completed)
        {
            // Another activity that completes says nothing about this one.
            return _current = record.ActivityId == _activity ? null : _current;
        }

        _activity = record.ActivityId;
        string status = record.StatusDescription == UsualStatus ? "" : Cut(record.StatusDescription);
        return _current = new RunProgress(Cut(record.Activity), status, record.PercentComplete);
    }

    private static string Cut(string? text) => text is null ? "" : text.Length <= MaxText ? text : text[..MaxText] + "…";
}

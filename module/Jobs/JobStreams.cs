using System.Management.Automation;
using Eformer.Pool.Module.Streams;

namespace Eformer.Pool.Module.Jobs;

/// <summary>The streams of a job, which Receive-Job reads.</summary>
internal sealed class JobStreams(Job job) : IHostStreams
{
    /// <inheritdoc/>
    public void Output(object? item) => job.Output.Add(item is null ? null! : PSObject.AsPSObject(item));

    /// <inheritdoc/>
    public void Error(ErrorRecord error) => job.Error.Add(error);

    /// <inheritdoc/>
    public void Warning(string text) => job.Warning.Add(new WarningRecord(text));

    /// <inheritdoc/>
    public void Verbose(string text) => job.Verbose.Add(new VerboseRecord(text));

    /// <inheritdoc/>
    public void Debug(string text) => job.Debug.Add(new DebugRecord(text));

    /// <inheritdoc/>
    public void Information(InformationRecord record) => job.Information.Add(record);

    /// <inheritdoc/>
    public void Progress(ProgressRecord record) => job.Progress.Add(record);
}

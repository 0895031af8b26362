using System.Management.Automation;
using Eformer.Pool.Module.Errors;
using Eformer.Pool.Module.Runs;
using Eformer.Pool.Module.Streams;

namespace Eformer.Pool.Module.Commands;

/// <summary>Writes all that came and comes of runs, from their beginning to their end, as Invoke-OnEachHost would have.</summary>
/// <remarks>As Receive-PSSession does, it goes on until a run has ended. Who stops receiving does not stop the run.</remarks>
[Cmdlet(VerbsCommunications.Receive, "SlicePoolRun")]
[OutputType(typeof(PSObject), typeof(HostResult))]
public sealed class ReceiveSlicePoolRunCommand : RunReferenceCmdlet
{
    private readonly RunQueue _runs = new();
    private RecordWriter? _writer;

    /// <summary>Gives one result per host, instead of objects and errors.</summary>
    [Parameter]
    public SwitchParameter AsResult { get; set; }

    /// <summary>Leaves the objects without the note of the host they came from.</summary>
    [Parameter]
    public SwitchParameter HideComputerName { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        CmdletStreams streams = new(this);
        _writer = new RecordWriter(streams, AsResult ? new ResultSink(this) : new StreamingSink(streams, HideComputerName));
    }

    private protected override void Work(RunDirectory directory, RunInfo run) =>
        _runs.Start(new PoolRun(run, token => directory.AttachAsync(run.RunId, token)));

    /// <inheritdoc/>
    protected override void End()
    {
        _runs.Complete();
        while (_runs.Take(StopToken, out RunEvent? taken))
        {
            if (taken.Record is RunRecord record)
            {
                _writer!.Write(taken.Run, record);
            }
            else
            {
                WriteError(ErrorRecords.From(taken.Failure as SlicePoolException ?? ErrorRecords.Unexpected(taken.Failure!), taken.Run.Source));
            }
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _runs.Dispose();
        base.Dispose(disposing);
    }
}

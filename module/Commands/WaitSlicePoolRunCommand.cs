using System.Management.Automation;
using Eformer.Pool.Module.Binding;

namespace Eformer.Pool.Module.Commands;

/// <summary>Waits until every host of a run has ended, and gives the run as it stands then.</summary>
/// <remarks>A run whose hosts can never end, because their leases are gone, is not waited for.</remarks>
[Cmdlet(VerbsLifecycle.Wait, "SlicePoolRun")]
[OutputType(typeof(RunInfo))]
public sealed class WaitSlicePoolRunCommand : RunReferenceCmdlet
{
    private long _start;

    /// <summary>How long to wait for all of the runs together, in seconds; for ever when not given.</summary>
    [Parameter]
    [ValidateRange(1, Durations.LongestSec)]
    public int? TimeoutSec { get; set; }

    /// <inheritdoc/>
    protected override void Begin() => _start = TimeProvider.System.GetTimestamp();

    private protected override void Work(RunDirectory directory, RunInfo run)
    {
        TimeSpan? left = TimeoutSec is int seconds ? TimeSpan.FromSeconds(seconds) - TimeProvider.System.GetElapsedTime(_start) : null;
        WriteObject(Await(token => directory.WaitAsync(run.RunId, left, token)));
    }
}

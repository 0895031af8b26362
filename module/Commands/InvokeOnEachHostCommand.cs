using System.Management.Automation;
using Eformer.Pool.Module.Jobs;
using Eformer.Pool.Module.Runs;
using Eformer.Pool.Module.Streams;

namespace Eformer.Pool.Module.Commands;

/// <summary>Runs a script on every host of a pool, and streams back what it writes.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "OnEachHost", DefaultParameterSetName = PipedSet)]
[OutputType(typeof(PSObject), typeof(HostResult), typeof(SlicePoolJob))]
public sealed class InvokeOnEachHostCommand : RunCmdlet
{
    /// <summary>Gives one result per host, instead of objects and errors.</summary>
    [Parameter]
    public SwitchParameter AsResult { get; set; }

    /// <summary>Returns at once, with a job for each pool that has a child job for each host.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    /// <summary>Leaves the objects without the note of the host they came from.</summary>
    [Parameter]
    public SwitchParameter HideComputerName { get; set; }

    /// <inheritdoc/>
    private protected override bool Waits => !AsJob;

    /// <inheritdoc/>
    private protected override IRunSink OpenSink() => AsResult ? new ResultSink(this) : new StreamingSink(new CmdletStreams(this), HideComputerName);

    /// <inheritdoc/>
    private protected override void Start(SlicePool pool, RunRequest request)
    {
        if (AsJob)
        {
            StartJob(pool, request, request.Script, new RunJobOptions(AsResult, HideComputerName, Require));
        }
        else
        {
            base.Start(pool, request);
        }
    }
}

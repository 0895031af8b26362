using System.Management.Automation;
using Eformer.Pool.Module.Runs;
using Eformer.Pool.Module.Streams;

namespace Eformer.Pool.Module.Commands;

/// <summary>Runs a script on every host of a pool, and streams back what it writes.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "OnEachHost", DefaultParameterSetName = PipedSet)]
[OutputType(typeof(PSObject), typeof(HostResult))]
public sealed class InvokeOnEachHostCommand : RunCmdlet
{
    /// <summary>Gives one result per host, instead of objects and errors.</summary>
    [Parameter]
    public SwitchParameter AsResult { get; set; }

    /// <summary>Leaves the objects without the note of the host they came from.</summary>
    [Parameter]
    public SwitchParameter HideComputerName { get; set; }

    /// <inheritdoc/>
    private protected override IRunSink OpenSink() => AsResult ? new ResultSink(this) : new StreamingSink(new CmdletStreams(this), HideComputerName);
}

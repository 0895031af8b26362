using System.Management.Automation;
using Eformer.Pool.Module.Runs;

namespace Eformer.Pool.Module.Commands;

/// <summary>Runs a script on every host of a pool, and gives one object per slice with the results of its hosts in host order.</summary>
/// <remarks>
/// Objects and errors of the hosts are in the results, as with Invoke-OnEachHost -AsResult: a host that does not succeed is no error of
/// the command. Warnings, verbose, debug and information text and progress come as streams.
/// </remarks>
[Cmdlet(VerbsLifecycle.Invoke, "OnEachSlice", DefaultParameterSetName = PipedSet)]
[OutputType(typeof(SliceResult))]
public sealed class InvokeOnEachSliceCommand : RunCmdlet
{
    /// <inheritdoc/>
    private protected override IRunSink OpenSink() => new SliceSink(this);
}

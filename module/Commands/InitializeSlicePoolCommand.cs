using System.Management.Automation;
using Eformer.Pool.Module.Binding;
using Eformer.Pool.Module.Completion;
using Eformer.Pool.Module.Errors;

namespace Eformer.Pool.Module.Commands;

/// <summary>Makes every host ready before work, and reports per slice.</summary>
/// <remarks>
/// Waits for slices that are being replaced, up to EFORMER_HOST_HEALTH_WAIT_S, and has every host start its runner. A slice with a host
/// that is not ready is one error besides its record.
/// </remarks>
[Cmdlet(VerbsData.Initialize, "SlicePool")]
[OutputType(typeof(SliceReadiness))]
public sealed class InitializeSlicePoolCommand : SlicePoolCmdlet
{
    /// <summary>Pools of this session, or their names.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [SlicePoolTransformation]
    [ArgumentCompleter(typeof(PoolNameCompleter))]
    public SlicePool[] Pool { get; set; } = [];

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (SlicePool pool in Pool)
        {
            ForEach(pool, () => Prepare(pool));
        }
    }

    private void Prepare(SlicePool pool)
    {
        foreach (SliceReadiness slice in Await(pool.GetManager().PrepareAllSlicesAsync))
        {
            WriteObject(slice);
            if (!slice.Ready)
            {
                WriteError(ErrorRecords.From(NotReady(pool, slice), slice));
            }
        }
    }

    private static SlicePoolException NotReady(SlicePool pool, SliceReadiness slice) => new(
        "SliceNotReady",
        PoolErrorCategory.ResourceUnavailable,
        $"The slice {slice.SliceName} of pool '{pool.Name}' is not ready: {string.Join("; ", slice.Why)}.",
        "Test-SlicePool tells how each host does; a host that is busy is ready when its run has ended.",
        slice);
}

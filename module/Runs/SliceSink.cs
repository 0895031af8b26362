using System.Management.Automation;

namespace Eformer.Pool.Module.Runs;

/// <summary>Writes one object per slice, in slot order, as soon as its last host has ended and no earlier slice is waited for.</summary>
internal sealed class SliceSink(Cmdlet cmdlet) : GatheringSink
{
    private readonly Dictionary<PoolRun, List<HostResult>> _slices = [];

    /// <inheritdoc/>
    protected override void Take(PoolRun run, HostResult result)
    {
        if (!_slices.TryGetValue(run, out List<HostResult>? slice))
        {
            _slices.Add(run, slice = []);
        }

        slice.Add(result);
        if (slice.Count == run.Handle.Hosts.Count(host => host.SliceId == result.SliceId))
        {
            cmdlet.WriteObject(SliceResult.Group(slice)[0]);
            slice.Clear();
        }
    }
}

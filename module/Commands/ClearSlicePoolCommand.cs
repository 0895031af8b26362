using System.Management.Automation;
using Eformer.Pool.Module.Binding;
using Eformer.Pool.Module.Completion;

namespace Eformer.Pool.Module.Commands;

/// <summary>Drains pools: no new work, a cooperative stop, then force. Returns when every host is idle. The pool stays, empty.</summary>
/// <remarks>
/// Hosts that are not idle in time are one error that names them; they are still the pool's then, and draining again goes on. Who drains
/// a pool that is being drained joins that.
/// </remarks>
[Cmdlet(VerbsCommon.Clear, "SlicePool", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class ClearSlicePoolCommand : SlicePoolCmdlet
{
    /// <summary>Pools of this session, or their names.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [SlicePoolTransformation]
    [ArgumentCompleter(typeof(PoolNameCompleter))]
    public SlicePool[] Pool { get; set; } = [];

    /// <summary>Slots of the slices to drain; all when not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ValidateRange(0, int.MaxValue)]
    public int[]? Slice { get; set; }

    /// <summary>How long the hosts may take to become idle, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, Durations.LongestSec)]
    public int TimeoutSec { get; set; } = 60;

    /// <summary>Ends what runs at once instead of asking it to stop first.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (SlicePool pool in Pool)
        {
            ForEach(pool, () => Clear(pool));
        }
    }

    private void Clear(SlicePool pool)
    {
        SlicePoolManager manager = pool.GetManager();
        DrainOptions options = new() { Slots = Slice, Timeout = TimeSpan.FromSeconds(TimeoutSec), Force = Force };
        string what = Slice is null ? $"{pool.SliceCount} slices" : $"slices {string.Join(", ", Slice)}";
        if (ShouldProcess($"pool '{pool.Name}', {what}", "Clear-SlicePool"))
        {
            // A stop ends the waiting, not the drain.
            Await(token => manager.DrainAsync(options, token));
        }
    }
}

using System.Management.Automation;
using Eformer.Pool.Module.Binding;
using Eformer.Pool.Module.Completion;

namespace Eformer.Pool.Module.Commands;

/// <summary>Lets go of kept pools without giving their slices back: runs go on, and Connect-SlicePool takes them over from anywhere.</summary>
/// <remarks>For pools that were made with New-SlicePool -KeepForSec, or taken over with Connect-SlicePool -KeepForSec.</remarks>
[Cmdlet(VerbsCommunications.Disconnect, "SlicePool", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class DisconnectSlicePoolCommand : SlicePoolCmdlet
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
            ForEach(pool, () => Disconnect(pool));
        }
    }

    private void Disconnect(SlicePool pool)
    {
        SlicePoolManager manager = pool.GetManager();
        if (ShouldProcess($"pool '{pool.Name}'", "Disconnect-SlicePool"))
        {
            Await(manager.DisconnectAsync);
        }
    }
}

using System.Management.Automation;
using Eformer.Pool.Module.Binding;

namespace Eformer.Pool.Module.Commands;

/// <summary>Lets all slices of a pool go. The pool stays, empty.</summary>
[Cmdlet(VerbsCommon.Clear, "SlicePool", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class ClearSlicePoolCommand : SlicePoolCmdlet
{
    /// <summary>Pools of this session, or their names.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [SlicePoolTransformation]
    public SlicePool[] Pool { get; set; } = [];

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
        if (ShouldProcess($"pool '{pool.Name}' with {pool.SliceCount} slices", "Clear-SlicePool"))
        {
            Await(manager.DrainActorPoolAsync);
        }
    }
}

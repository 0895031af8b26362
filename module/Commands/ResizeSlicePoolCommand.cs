using System.Management.Automation;
using Eformer.Pool.Module.Binding;
using Eformer.Pool.Module.Completion;

namespace Eformer.Pool.Module.Commands;

/// <summary>Grows or shrinks pools to the largest of some numbers of slices that is possible, and returns them.</summary>
/// <remarks>
/// Growing leaves the slices alone that a pool has; shrinking gives back those of the highest slots; lost slices are replaced. When
/// none of the sizes is possible, or the wait for it is stopped, the pool keeps what it had.
/// </remarks>
[Cmdlet(VerbsCommon.Resize, "SlicePool", SupportsShouldProcess = true)]
[OutputType(typeof(SlicePool))]
public sealed class ResizeSlicePoolCommand : ScalingCmdlet
{
    private IReadOnlyList<int> _sizes = [];

    /// <summary>Pools of this session, or their names.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [SlicePoolTransformation]
    [ArgumentCompleter(typeof(PoolNameCompleter))]
    public SlicePool[] Pool { get; set; } = [];

    /// <summary>The number of slices, or a list of valid ones: the largest that is possible is taken.</summary>
    [Parameter(Position = 1, Mandatory = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public int[]? SliceCount { get; set; }

    /// <inheritdoc/>
    protected override void Begin() => _sizes = CheckSizes(SliceCount);

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (SlicePool pool in Pool)
        {
            ForEach(pool, () => Resize(pool));
        }
    }

    private void Resize(SlicePool pool)
    {
        SlicePoolManager manager = pool.GetManager();
        string plan = IsWhatIf ? $": {Await(token => manager.PreviewScaleAsync(_sizes, token))}" : "";
        if (ShouldProcess($"pool '{pool.Name}' with {pool.SliceCount} slices, to {string.Join(" or ", _sizes)}{plan}", "Resize-SlicePool"))
        {
            WriteObject(AwaitScale(async (options, token) =>
            {
                await manager.ScaleMultisliceAsync(_sizes, options, token);
                return pool;
            }));
        }
    }
}

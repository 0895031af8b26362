using System.Management.Automation;
using Eformer.Pool.Module.Binding;
using Eformer.Pool.Module.Completion;

namespace Eformer.Pool.Module.Commands;

/// <summary>Tells how every host of a pool does: state, why, since when. Asks the store, so a busy host answers too.</summary>
[Cmdlet(VerbsDiagnostic.Test, "SlicePool")]
[OutputType(typeof(HostReport), typeof(bool))]
public sealed class TestSlicePoolCommand : SlicePoolCmdlet
{
    private int _asked;
    private int _well;

    /// <summary>Pools of this session, or their names.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [SlicePoolTransformation]
    [ArgumentCompleter(typeof(PoolNameCompleter))]
    public SlicePool[] Pool { get; set; } = [];

    /// <summary>
    /// Gives one truth value for all pools: whether each is active, so has all its slices, and all its hosts are healthy. No pool at
    /// all is not well.
    /// </summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (SlicePool pool in Pool)
        {
            _asked++;
            ForEach(pool, () => Test(pool));
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (Quiet)
        {
            WriteObject(_asked > 0 && _well == _asked);
        }
    }

    private void Test(SlicePool pool)
    {
        IReadOnlyList<HostReport> reports = Await(pool.GetManager().TestAsync);
        if (!Quiet)
        {
            WriteObject(reports, enumerateCollection: true);
        }
        else if (pool.State == PoolState.Active && reports.All(report => report.Healthy))
        {
            _well++;
        }
    }
}

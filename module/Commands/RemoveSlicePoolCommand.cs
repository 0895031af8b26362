using System.Management.Automation;
using Eformer.Pool.Module.Binding;
using Eformer.Pool.Module.Completion;
using Eformer.Pool.Module.Errors;

namespace Eformer.Pool.Module.Commands;

/// <summary>Clears pools and forgets them; a local one's store and hosts end too. Doing it twice does no harm.</summary>
[Cmdlet(VerbsCommon.Remove, "SlicePool", DefaultParameterSetName = PoolSet, SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class RemoveSlicePoolCommand : SlicePoolCmdlet
{
    private const string PoolSet = "Pool";
    private const string NameSet = "Name";

    /// <summary>Pools of this session, or their names.</summary>
    [Parameter(ParameterSetName = PoolSet, Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [SlicePoolTransformation]
    [ArgumentCompleter(typeof(PoolNameCompleter))]
    public SlicePool[] Pool { get; set; } = [];

    /// <summary>Names of pools of this session, with wildcards.</summary>
    [Parameter(ParameterSetName = NameSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PoolNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (SlicePool pool in ParameterSetName == NameSet ? [.. Named()] : Pool)
        {
            ForEach(pool, () => Remove(pool));
        }
    }

    private List<SlicePool> Named()
    {
        List<SlicePool> pools = [];
        foreach (string name in Name)
        {
            SlicePool[] found = [.. OwnedPools.Matching(WildcardPattern.Get(name, WildcardOptions.IgnoreCase))];
            pools.AddRange(found.Except(pools));
            if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteError(ErrorRecords.From(OwnedPools.NotFound(name)));
            }
        }

        return pools;
    }

    private void Remove(SlicePool pool)
    {
        SlicePoolManager manager = pool.GetManager();
        if (ShouldProcess($"pool '{pool.Name}'", "Remove-SlicePool"))
        {
            // A stop ends the waiting, not the removal.
            Await(token => manager.DisposeAsync().AsTask().WaitAsync(token));
        }
    }
}

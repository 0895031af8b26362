using System.Management.Automation;
using Eformer.Pool.Module.Binding;
using Eformer.Pool.Module.Completion;
using Eformer.Pool.Module.Errors;

namespace Eformer.Pool.Module.Commands;

/// <summary>
/// The hosts of a fleet: state, condition, who holds them, and who keeps placements off them. Where no store is named, those of the
/// fleets that pools of this process are in, local ones too.
/// </summary>
[Cmdlet(VerbsCommon.Get, "SliceHost")]
[OutputType(typeof(SliceHost))]
public sealed class GetSliceHostCommand : FleetCmdlet
{
    /// <summary>Keys of hosts, with wildcards.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public new string[] Host { get; set; } = ["*"];

    /// <summary>Pools, or their names: only hosts that they hold. Pools of this session tell of their own store, local ones too.</summary>
    [Parameter(ValueFromPipeline = true)]
    [SlicePoolTransformation]
    [ArgumentCompleter(typeof(PoolNameCompleter))]
    public SlicePool[]? Pool { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (Pool is null)
        {
            WriteFleets(HasStore ? [] : [.. SlicePoolDirectory.Owned.DistinctBy(pool => (pool.Store, pool.Fleet))]);
            return;
        }

        foreach (SlicePool pool in Pool)
        {
            ForEach(pool, () => Write(
                [.. WithFleetOf(pool, (fleet, token) => fleet.GetHostsAsync(token)).Where(host => host.Pool == pool.Name)], pool.Fleet));
        }
    }

    private void WriteFleets(IReadOnlyList<SlicePool> known)
    {
        if (known.Count == 0)
        {
            Write(WithFleet(Fleet, (fleet, token) => fleet.GetHostsAsync(token)), Fleet);
            return;
        }

        List<SliceHost> hosts = [];
        foreach (SlicePool pool in known)
        {
            ForEach(pool, () => hosts.AddRange(WithFleetOf(pool, (fleet, token) => fleet.GetHostsAsync(token))));
        }

        Write(hosts, string.Join(", ", known.Select(pool => pool.Fleet)));
    }

    private void Write(IReadOnlyList<SliceHost> hosts, string fleet)
    {
        foreach (string name in Host)
        {
            WildcardPattern pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            SliceHost[] found = [.. hosts.Where(host => pattern.IsMatch(host.Host))];
            WriteObject(found, enumerateCollection: true);
            if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteError(ErrorRecords.From(HostNames.NotFound(name, fleet, "Get-SliceHost without a name lists the hosts of a fleet.")));
            }
        }
    }
}

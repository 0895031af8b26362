using System.Management.Automation;
using Eformer.Pool.Module.Binding;
using Eformer.Pool.Module.Completion;
using Eformer.Pool.Module.Errors;

namespace Eformer.Pool.Module.Commands;

/// <summary>The hosts of a fleet: state, condition, who holds them, and who keeps placements off them.</summary>
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
            Write(WithFleet(Fleet, (fleet, token) => fleet.GetHostsAsync(token)), Fleet);
            return;
        }

        foreach (SlicePool pool in Pool)
        {
            ForEach(pool, () => Write(
                [.. WithFleetOf(pool, (fleet, token) => fleet.GetHostsAsync(token)).Where(host => host.Pool == pool.Name)], pool.Fleet));
        }
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

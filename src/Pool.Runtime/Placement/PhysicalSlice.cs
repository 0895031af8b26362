using Eformer.Pool.Store;

namespace Eformer.Pool.Placement;

/// <summary>The hosts that report one slice name.</summary>
internal sealed class PhysicalSlice
{
    /// <summary>Makes a slice.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="hosts">Every registered host of it.</param>
    /// <param name="types">Type of each host's devices; null for one that is no TPU.</param>
    public PhysicalSlice(string name, IReadOnlyList<HostRecord> hosts, IReadOnlyList<TpuType?> types)
    {
        Name = name;
        Hosts = HostOrder.Sort(hosts);
        Types = [.. types.OfType<TpuType>().Distinct()];
        IsIntact = HasEveryHost(types);
        Use = hosts.Max(HostUses.Of);
        NodeCount = hosts.Select(host => host.Registration.Node).Distinct(StringComparer.Ordinal).Count();
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its hosts; position is host id.</summary>
    public IReadOnlyList<HostRecord> Hosts { get; }

    /// <summary>The TPU types its hosts report: one, or none when it is no TPU slice, or several when something is wrong with it.</summary>
    public IReadOnlyList<TpuType> Types { get; }

    /// <summary>Whether it is a TPU slice: its hosts are of use only together.</summary>
    public bool IsTpu => Types.Count > 0;

    /// <summary>Whether no host of it is missing, as far as can be told.</summary>
    public bool IsIntact { get; }

    /// <summary>What keeps it from being placed.</summary>
    public HostUse Use { get; }

    /// <summary>Number of machines it is on.</summary>
    public int NodeCount { get; }

    /// <summary>Whether all of it is there and free.</summary>
    public bool IsFree => IsIntact && Use == HostUse.Free;

    /// <summary>Whether its hosts lie as a strategy wants; only the strict ones mind.</summary>
    public bool LiesAs(PlacementStrategy strategy) => strategy switch
    {
        PlacementStrategy.StrictSpread => NodeCount == Hosts.Count,
        PlacementStrategy.StrictPack => NodeCount == 1,
        _ => true,
    };

    // A TPU slice says by its type how many hosts it has. Another one is believed, unless worker indexes show a gap.
    private bool HasEveryHost(IReadOnlyList<TpuType?> types)
    {
        bool numbered = Hosts.Select(host => host.Registration.WorkerIndex).SequenceEqual(Enumerable.Range(0, Hosts.Count));
        return IsTpu
            ? numbered && Types.Count == 1 && Types[0].HostCount == Hosts.Count && types.All(type => type is not null)
            : numbered || Hosts.All(host => host.Registration.WorkerIndex < 0);
    }
}

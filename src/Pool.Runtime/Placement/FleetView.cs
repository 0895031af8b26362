using System.Globalization;
using Eformer.Pool.Store;

namespace Eformer.Pool.Placement;

/// <summary>A fleet as one shape of slice sees it: which physical slices and which single hosts could be used.</summary>
/// <remarks>Grouped and sorted once for all slots; everything in it is in an order of its own, so the order of reading does not matter.</remarks>
internal sealed class FleetView
{
    private readonly Dictionary<string, TpuType?> _types = new(StringComparer.Ordinal);
    private readonly Lazy<Dictionary<string, HostRecord>> _byKey;

    /// <summary>Looks at a fleet.</summary>
    public FleetView(FleetSnapshot fleet, SliceShape shape)
    {
        Fleet = fleet;
        Shape = shape;
        _byKey = new(() => fleet.Hosts.ToDictionary(host => host.Registration.Host, StringComparer.Ordinal));
        HostRecord[] byKey = HostOrder.SortByKey(fleet.Hosts);
        Physical = [.. byKey
            .Where(host => host.Registration.Slice.Length > 0)
            .GroupBy(host => host.Registration.Slice, StringComparer.Ordinal)
            .Select(group => new PhysicalSlice(group.Key, [.. group], [.. group.Select(TypeOf)]))
            .OrderBy(slice => slice.IsTpu)
            .ThenBy(slice => slice.Name, StringComparer.Ordinal)];
        ByName = Physical.ToDictionary(slice => slice.Name, StringComparer.Ordinal);
        Matching = [.. byKey.Where(Matches)];
        Usable = [.. Physical.Where(CanUse)];
        Single = shape.TpuType is null ? [.. Matching.Where(host => HostUses.IsFree(host) && !IsBound(host))] : [];
    }

    /// <summary>The fleet.</summary>
    public FleetSnapshot Fleet { get; }

    /// <summary>The shape.</summary>
    public SliceShape Shape { get; }

    /// <summary>Every physical slice: plain ones first, then those of TPUs, by name.</summary>
    public IReadOnlyList<PhysicalSlice> Physical { get; }

    /// <summary>Every physical slice, by name.</summary>
    public IReadOnlyDictionary<string, PhysicalSlice> ByName { get; }

    /// <summary>Every host that the selector matches, by key.</summary>
    public IReadOnlyList<HostRecord> Matching { get; }

    /// <summary>The physical slices that would do as they are, in the order of <see cref="Physical"/>.</summary>
    public IReadOnlyList<PhysicalSlice> Usable { get; }

    /// <summary>The hosts of which logical slices can be made, by key.</summary>
    public IReadOnlyList<HostRecord> Single { get; }

    /// <summary>The host of a key; null when there is none.</summary>
    public HostRecord? Find(string key) => _byKey.Value.GetValueOrDefault(key);

    /// <summary>Name of the logical slice in a slot of a pool.</summary>
    /// <remarks>Results are told apart by the name of their slice, so a logical one must not be called what a physical one is.</remarks>
    public string LogicalName(string pool, int slot)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{pool}-{slot}");
        while (ByName.ContainsKey(name))
        {
            name += "-logical";
        }

        return name;
    }

    /// <summary>Whether all hosts of a physical slice match the selector.</summary>
    public bool Matches(PhysicalSlice slice) => slice.Hosts.All(Matches);

    /// <summary>Whether a host is part of a TPU slice, so that it can only be used with the rest of it.</summary>
    public bool IsBound(HostRecord host) => ByName.TryGetValue(host.Registration.Slice, out PhysicalSlice? slice) && slice.IsTpu;

    private bool Matches(HostRecord host) => Shape.Selector.Matches(host.Registration.Labels);

    private bool CanUse(PhysicalSlice slice) =>
        slice.IsFree
        && slice.Hosts.Count == Shape.Size
        && (Shape.TpuType is null || slice.Types.Contains(Shape.TpuType))
        && slice.LiesAs(Shape.Strategy)
        && Matches(slice);

    // A fleet has few types and many hosts.
    private TpuType? TypeOf(HostRecord host)
    {
        string name = host.Registration.DeviceType;
        if (!_types.TryGetValue(name, out TpuType? type))
        {
            _ = TpuType.TryParse(name, out type);
            _types.Add(name, type);
        }

        return type;
    }
}

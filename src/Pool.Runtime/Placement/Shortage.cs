using System.Globalization;
using Eformer.Pool.Store;

namespace Eformer.Pool.Placement;

/// <summary>Says why not more slices can be placed: what the slices or hosts that would do are doing.</summary>
/// <remarks>The numbers add up: every physical slice of the type, or every host that matches, is counted once.</remarks>
internal sealed class Shortage
{
    private readonly FleetView _view;
    private readonly string? _nothing;
    private readonly PhysicalSlice[] _slices;
    private readonly string _counts;

    /// <summary>Looks at a fleet.</summary>
    /// <param name="view">The fleet.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="now">The time, to say until when slices are held; null to leave that out.</param>
    public Shortage(FleetView view, PlacementRequest request, DateTimeOffset? now)
    {
        _view = view;
        _nothing = NothingSuitable.Describe(view);
        _slices = [.. view.Physical.Where(slice => IsTpu && slice.Types.Contains(view.Shape.TpuType!) && view.Matches(slice))];
        Holders holders = new(view.Fleet, request, now);
        _counts = Standings.Count(IsTpu
            ? _slices.Select(slice => Held(Standings.Of(slice, view.Shape.Strategy), slice.Hosts, holders))
            : view.Matching.Select(host => Held(Standings.Of(host, view), [host], holders)));
    }

    private bool IsTpu => _view.Shape.TpuType is not null;

    /// <summary>Why a number of slices cannot be placed, in one sentence.</summary>
    public string Sentence(int wanted) => _nothing ?? (IsTpu
        ? $"Of {Words.Count(_slices.Length, "slice")} of {_view.Shape.TpuType}: {_counts}."
        : $"Of {Hosts(wanted)}.");

    /// <summary>The same in fewer words, to stand in brackets after a size.</summary>
    /// <param name="wanted">How many are wanted beyond those the pool has.</param>
    /// <param name="possible">How many could be placed.</param>
    /// <param name="grows">Whether the pool has some already.</param>
    public string Fragment(int wanted, int possible, bool grows) => _nothing ?? (IsTpu
        ? _counts
        : string.Create(CultureInfo.InvariantCulture, $"{possible}{(grows ? " more" : "")} can be made now; of {Hosts(wanted)}"));

    private static (Standing Standing, string Holder) Held(Standing standing, IReadOnlyList<HostRecord> hosts, Holders holders) =>
        (standing, standing == Standing.Held ? holders.Of(hosts) : "");

    private string Hosts(int wanted) => $"{Words.Count(_view.Matching.Count, "host")}: {_counts}{NodeHint(wanted)}";

    // Only when there are hosts enough is their lying on too few nodes, or on too many, what stands in the way.
    private string NodeHint(int wanted)
    {
        int size = _view.Shape.Size;
        if ((_view.Single.Count / size) + _view.Usable.Count(slice => slice.IsTpu) < wanted)
        {
            return "";
        }

        int nodes = _view.Single.Select(host => host.Registration.Node).Distinct(StringComparer.Ordinal).Count();
        string where = $"; the free ones are on {Words.Count(nodes, "node")}, and a slice needs {Words.Count(size, "host")} on ";
        return where + (_view.Shape.Strategy == PlacementStrategy.StrictPack ? "one" : "different nodes");
    }
}

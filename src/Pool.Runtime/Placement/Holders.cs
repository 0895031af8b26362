using System.Globalization;
using Eformer.Pool.Store;

namespace Eformer.Pool.Placement;

/// <summary>Says who holds hosts, and until when.</summary>
internal sealed class Holders
{
    private readonly PlacementRequest _request;
    private readonly DateTimeOffset? _now;
    private readonly Dictionary<string, LeaseRecord> _leases;
    private readonly Dictionary<(string Pool, string OwnerId), long> _remainingMs;

    /// <summary>Looks at the leases of a fleet.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="request">Who asks.</param>
    /// <param name="now">The time, in the zone of who asks; null to leave times out.</param>
    public Holders(FleetSnapshot fleet, PlacementRequest request, DateTimeOffset? now)
    {
        _request = request;
        _now = now;
        _leases = fleet.Leases.ToDictionary(lease => lease.LeaseId, StringComparer.Ordinal);

        // Slices of one pool are renewed together but not at one moment; told apart by the minute they would be noise.
        _remainingMs = fleet.Leases
            .GroupBy(lease => (lease.Grant.Pool, lease.Grant.OwnerId))
            .ToDictionary(leases => leases.Key, leases => leases.Max(lease => lease.RemainingMs));
    }

    /// <summary>Who holds a host or a slice; empty when nobody does.</summary>
    public string Of(IReadOnlyList<HostRecord> hosts)
    {
        HostRecord? held = hosts.FirstOrDefault(host => HostUses.Of(host) == HostUse.Held);
        return held is null ? "" : _leases.TryGetValue(held.LeaseId, out LeaseRecord? lease) ? Of(lease.Grant) : "a lease that ended";
    }

    private string Of(LeaseGrant grant) =>
        grant.Pool == _request.Pool && grant.OwnerId == _request.OwnerId ? "this pool" : $"pool '{grant.Pool}'{Until(_remainingMs[(grant.Pool, grant.OwnerId)])}";

    private string Until(long remainingMs) =>
        _now is not DateTimeOffset now ? ""
        : remainingMs <= 0 ? " (lapsed)"
        : string.Create(CultureInfo.InvariantCulture, $" until {now.AddMilliseconds(remainingMs):HH:mm}");
}

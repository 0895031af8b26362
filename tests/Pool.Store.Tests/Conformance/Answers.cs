using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Eformer.Pool.Store;

namespace Eformer.Pool.RedisStore.Tests.Conformance;

/// <summary>Answers as text that is the same for the same state: without nonces, moments and orders that mean nothing.</summary>
internal static partial class Answers
{
    // Lives are multiples of this, and no sequence of calls takes as long.
    public const int LifeUnitMs = 50_000;

    public static string Of(object? reply) => reply switch
    {
        FleetSnapshot fleet => Fleet(fleet),
        HeartbeatReply beat => Plain(beat with
        {
            Assignments = [.. beat.Assignments.OrderBy(assignment => assignment.Host, StringComparer.Ordinal)],
            Leases = [.. Ordered(beat.Leases)],
        }),
        IReadOnlyList<HostStatus> hosts => Plain(hosts.OrderBy(host => host.Host, StringComparer.Ordinal).ToArray()),
        _ => Plain(reply),
    };

    private static string Fleet(FleetSnapshot fleet) => Plain(new
    {
        fleet.Generation,
        Hosts = fleet.Hosts.Select(host => host with { Suspension = Timeless(host.Suspension) }),
        Leases = Ordered(fleet.Leases),
        Pools = fleet.Pools.OrderBy(pool => pool.Name, StringComparer.Ordinal).Select(pool => pool with
        {
            CreatedMs = 0, RemainingMs = Units(pool.RemainingMs), AttendedMs = Units(pool.AttendedMs),
        }),
        Demands = fleet.Demands.OrderBy(demand => demand.Pool, StringComparer.Ordinal).Select(demand => demand with { SinceMs = 0 }),
    });

    private static IEnumerable<LeaseRecord> Ordered(IEnumerable<LeaseRecord> leases) =>
        leases.OrderBy(lease => lease.LeaseId, StringComparer.Ordinal).Select(lease => lease with
        {
            RemainingMs = Units(lease.RemainingMs),
            // A lease that was put back counts on from the server's clock.
            RenewalCount = Math.Min(lease.RenewalCount, 1_000_000),
        });

    private static HostSuspension? Timeless(HostSuspension? suspension) =>
        suspension is null ? null : suspension with { SinceMs = 0, RemainingMs = suspension.RemainingMs is { } left ? Units(left) : null };

    private static long Units(long milliseconds) => milliseconds <= 0 ? 0 : ((milliseconds - 1) / LifeUnitMs) + 1;

    private static string Plain(object? reply) =>
        Nonce().Replace(JsonSerializer.Serialize(reply, reply?.GetType() ?? typeof(object), s_plain), "nonce");

    private static readonly JsonSerializerOptions s_plain = new() { WriteIndented = true };

    [GeneratedRegex("\\b[0-9a-f]{32}\\b")]
    private static partial Regex Nonce();

    /// <summary>A number as text.</summary>
    public static string Text(this int number) => number.ToString(CultureInfo.InvariantCulture);
}

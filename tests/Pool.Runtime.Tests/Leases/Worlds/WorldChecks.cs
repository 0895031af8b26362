using Eformer.Pool.Leases;
using Eformer.Pool.Store;
using Eformer.Pool.Testing.Model;

namespace Eformer.Pool.Tests.Leases.Worlds;

/// <summary>What must hold in every world.</summary>
internal static class WorldChecks
{
    /// <summary>The first rule that is broken; null when all hold.</summary>
    public static string? Broken(World world) =>
        world.Hosts.Select(host => OfHost(world, host)).FirstOrDefault(static broken => broken is not null)
        ?? world.Drivers.Select(driver => OfDriver(world, driver)).FirstOrDefault(static broken => broken is not null)
        ?? OfStore(world);

    private static string? OfHost(World world, HostNode host)
    {
        if (host.Violation is not null)
        {
            return host.Violation;
        }

        bool idle = world.Store.Hosts.TryGetValue(host.Key, out HostModel? stored) && stored.State == HostState.Idle;
        if (idle && host.Running is not null && !host.StoreLost)
        {
            return $"{host.Key} is idle in the store and runs {host.Running}";
        }

        // Until its deadline a lease lives on what was last heard of it; what is being ended has its own time to go.
        bool honours = host.Running is not null && host.Lease.Honoured is not null && host.Acts;
        return honours && world.NowOf(host) - host.HeardAt >= Timing.Lease.FenceAfter.TotalMilliseconds
            ? $"{host.Key} runs {host.Running} after its deadline"
            : null;
    }

    private static string? OfDriver(World world, DriverNode driver)
    {
        if (driver.Holder is null || driver.StoreLost)
        {
            return null;
        }

        string lease = driver.Holder.Token.LeaseId;
        bool stored = world.Store.Leases.TryGetValue(lease, out LeaseModel? record) && record.Epoch == driver.Holder.Token.Epoch;

        // With clocks of different rates only the fence deadline is early enough.
        LeasePhase limit = world.Rates.IsEmpty ? LeasePhase.Lapsed : LeasePhase.Fence;
        bool sure = driver.Holder.PhaseAt(world.NowOf(driver), WorldClock.Instance) < limit;
        return sure && !(stored && record!.Expiry > world.Now) ? $"{driver.Owner} is sure of {lease}, which has lapsed"
            : driver.GaveBack && stored ? $"{lease} lives again after it was given back"
            : null;
    }

    private static string? OfStore(World world)
    {
        if (world.Lost)
        {
            return null;
        }

        HashSet<string> leased = new(StringComparer.Ordinal);
        string? twice = world.Store.Leases.Values.Where(lease => lease.Expiry > world.Now)
            .SelectMany(lease => lease.Grant.Hosts).FirstOrDefault(host => !leased.Add(host));
        return twice is null ? null : $"{twice} is leased twice";
    }
}

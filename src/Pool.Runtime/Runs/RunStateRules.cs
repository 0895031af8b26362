using Eformer.Pool.Store;

namespace Eformer.Pool.Runs;

/// <summary>Decides how a run of a list stands. Pure.</summary>
internal static class RunStateRules
{
    /// <summary>The state of a run.</summary>
    /// <param name="run">The run as listed.</param>
    /// <param name="fleet">The fleet: whose leases tell what can still end.</param>
    public static RunState Judge(RunCount run, FleetSnapshot fleet)
    {
        bool isDriven = IsDriven(run.Listing.DriverId, fleet);
        bool isSettled = run.Listing.Settled is not { } settled || settled >= run.Listing.Hosts || !isDriven;
        if (run.Ended >= run.Listing.Hosts && isSettled)
        {
            return RunState.Completed;
        }

        // A store that was restarted forgets leases for a moment; nobody is interrupted by that.
        bool isAlive = fleet.RecoveringMs > 0
            || fleet.Leases.Any(lease => lease.RemainingMs > 0 && run.Listing.Leases.Contains(lease.LeaseId));
        return !isAlive ? RunState.Interrupted : run.Cancelled ? RunState.Stopping : RunState.Running;
    }

    /// <summary>Whether a run's driver is there, so that it may still have attempts made.</summary>
    public static bool IsDriven(string driverId, FleetSnapshot fleet) => fleet.Pools.Any(pool => pool.OwnerId == driverId && pool.AttendedMs > 0);
}

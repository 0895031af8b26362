namespace Eformer.Pool.Leases;

/// <summary>The deadlines that follow from a lease's life without renewal.</summary>
/// <remarks>
/// Owner and agents run the same fractions, each from its own last proof that the lease is alive: three renewals may fail
/// before work stops, and a clock may run a quarter too slow before two holders overlap.
/// </remarks>
/// <param name="Ttl">Life without a renewal.</param>
public readonly record struct LeaseTimings(TimeSpan Ttl)
{
    /// <summary>The shortest life.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);

    /// <summary>The longest life.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Between two renewals.</summary>
    public TimeSpan RenewEvery => Ttl / 6;

    /// <summary>A single renewal is given up after this.</summary>
    public TimeSpan RenewTimeout => TimeSpan.FromTicks(Math.Min(TimeSpan.FromSeconds(3).Ticks, (Ttl / 10).Ticks));

    /// <summary>Without a proof for this long: take no new work, ask what runs to stop.</summary>
    public TimeSpan StopAfter => Ttl * 0.6;

    /// <summary>Without a proof for this long: nothing of the lease may run any more.</summary>
    public TimeSpan FenceAfter => Ttl * 0.8;

    /// <summary>Between asking processes to end and killing them.</summary>
    public TimeSpan KillGrace => Ttl / 10;

    /// <summary>Takes a life that is within bounds.</summary>
    /// <exception cref="SlicePoolException"><c>InvalidLease</c>.</exception>
    public static LeaseTimings Check(TimeSpan ttl) =>
        ttl >= Shortest && ttl <= Longest
            ? new LeaseTimings(ttl)
            : throw new SlicePoolException(
                "InvalidLease",
                PoolErrorCategory.InvalidArgument,
                $"A lease of {ttl.TotalSeconds:0.###} seconds is not possible.",
                $"Use {Shortest.TotalSeconds:0} to {Longest.TotalSeconds:0} seconds: shorter ones would be lost at every hiccup of the network.",
                ttl);
}

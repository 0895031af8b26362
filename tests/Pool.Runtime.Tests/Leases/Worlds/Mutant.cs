namespace Eformer.Pool.Tests.Leases.Worlds;

/// <summary>A rule that is broken on purpose, to see that the checks notice.</summary>
internal enum Mutant
{
    None,

    /// <summary>A host accepts a grant of the epoch it has accepted before.</summary>
    AcceptsEqualEpoch,

    /// <summary>A host says that it holds nothing while it still clears the lease away.</summary>
    AttestsEarly,

    /// <summary>A host counts from when an answer arrived.</summary>
    HostCountsFromAnswer,

    /// <summary>A host does not look at its deadlines.</summary>
    HostNeverFences,

    /// <summary>A host accepts before its fence is on disk.</summary>
    ForgetsFence,

    /// <summary>A driver counts from when an answer arrived.</summary>
    DriverCountsFromAnswer,

    /// <summary>A driver takes a renewal without an answer for one that worked.</summary>
    UnknownExtends,

    /// <summary>The store makes hosts idle when their lease is given back.</summary>
    ReleaseMakesIdle,

    /// <summary>The store takes any heartbeat that holds nothing for the end of the lease, an old one too.</summary>
    BelievesLateHeartbeats,

    /// <summary>The store never ends a lease by time.</summary>
    LeasesNeverLapse,
}

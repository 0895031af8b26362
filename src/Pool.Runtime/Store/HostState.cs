namespace Eformer.Pool.Store;

/// <summary>State of a host in the store.</summary>
public enum HostState
{
    /// <summary>Free.</summary>
    Idle,

    /// <summary>Leased; its agent has not accepted yet.</summary>
    Granted,

    /// <summary>Leased and accepted by its agent.</summary>
    Held,

    /// <summary>Leased, but its agent no longer honours the lease: it restarted, or fenced itself. Free when the lease ends.</summary>
    Lost,

    /// <summary>Its lease ended; free as soon as its agent attests that nothing of it runs.</summary>
    Reclaiming,

    /// <summary>
    /// Its agent holds a lease that the store knows nothing of, because the store lost data. Its owner may reassert it; else the
    /// agent ends it at its deadline and the host is free.
    /// </summary>
    Unconfirmed,
}

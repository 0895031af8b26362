namespace Eformer.Pool;

/// <summary>How a host of a pool does, all things considered.</summary>
public enum HostHealthState
{
    /// <summary>It can take work.</summary>
    Healthy,

    /// <summary>It works, and is well.</summary>
    Busy,

    /// <summary>It is well, but placements are kept off it; with a deadline its slice is replaced.</summary>
    Suspended,

    /// <summary>The store was restarted or replaced, and the host has not been heard since.</summary>
    Unconfirmed,

    /// <summary>Its runners do not start.</summary>
    RunnerFailed,

    /// <summary>The provider has announced that it will be taken away.</summary>
    Preempting,

    /// <summary>Its agent is not heard, or is not registered.</summary>
    Unreachable,

    /// <summary>It is not this pool's any more.</summary>
    LeaseLost,
}

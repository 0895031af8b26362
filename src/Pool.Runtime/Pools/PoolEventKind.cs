namespace Eformer.Pool;

/// <summary>What was decided or happened.</summary>
public enum PoolEventKind
{
    /// <summary>A pool was opened.</summary>
    PoolOpened,

    /// <summary>A pool was removed by its owner.</summary>
    PoolRemoved,

    /// <summary>A driver let go of a kept pool.</summary>
    PoolDisconnected,

    /// <summary>Another driver took a kept pool over.</summary>
    PoolTakenOver,

    /// <summary>A slice was leased and all its hosts accepted.</summary>
    SliceAcquired,

    /// <summary>A slice was given back.</summary>
    SliceReleased,

    /// <summary>A slice was lost: its lease, or a host of it.</summary>
    SliceLost,

    /// <summary>A lost slice was replaced in its slot.</summary>
    SliceReplaced,

    /// <summary>A slice that the store had lost was confirmed by its owner and its hosts.</summary>
    SliceReasserted,

    /// <summary>A size was not possible.</summary>
    ScaleRefused,

    /// <summary>A pool began to wait for capacity.</summary>
    WaitStarted,

    /// <summary>A pool stopped waiting: met, cancelled or timed out.</summary>
    WaitEnded,

    /// <summary>A host's health got worse.</summary>
    HostUnhealthy,

    /// <summary>A host's health is good again.</summary>
    HostRecovered,

    /// <summary>Placements are kept off a host.</summary>
    HostSuspended,

    /// <summary>Placements on a host are allowed again.</summary>
    HostResumed,

    /// <summary>A lost slice cannot be replaced now; the reason says why.</summary>
    ReplacementRefused,

    /// <summary>Hosts that were given back were not idle in time, or are not heard.</summary>
    HostsNotIdle,

    /// <summary>Looking after the pool failed in a way it should not; it goes on.</summary>
    WatchFailed,

    /// <summary>A drain began.</summary>
    DrainStarted,

    /// <summary>A drain ended; the reason says how.</summary>
    DrainEnded,
}

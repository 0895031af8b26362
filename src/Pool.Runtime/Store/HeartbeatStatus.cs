namespace Eformer.Pool.Store;

/// <summary>What the store makes of a heartbeat.</summary>
public enum HeartbeatStatus
{
    /// <summary>Known and alive.</summary>
    Alive,

    /// <summary>The record vanished: register again, under a new incarnation.</summary>
    Unknown,

    /// <summary>Another incarnation has taken this agent's place: end.</summary>
    Superseded,
}

namespace Eformer.Pool.Store;

/// <summary>Answer to a heartbeat.</summary>
/// <param name="Status">Whether the agent is known.</param>
/// <param name="Assignments">Every host of the agent that is not idle, with its state after this heartbeat.</param>
/// <param name="Leases">The leases those hosts are assigned to and that have not lapsed.</param>
public sealed record HeartbeatReply(
    HeartbeatStatus Status,
    IReadOnlyList<HostAssignment> Assignments,
    IReadOnlyList<LeaseRecord> Leases)
{
    /// <summary>The store's generation, told to an agent that is unknown; else empty.</summary>
    public string Generation { get; init; } = "";
}

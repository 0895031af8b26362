namespace Eformer.Pool.Store;

/// <summary>A channel that says "look again"; small payloads may ride in it, but nothing is carried by it alone.</summary>
/// <param name="Kind">Who listens.</param>
/// <param name="Id">The agent, pool or driver it belongs to.</param>
public readonly record struct Doorbell(DoorbellKind Kind, string Id)
{
    /// <summary>Rings for an agent: leases changed, or an announcement rides in it.</summary>
    public static Doorbell Agent(string agentId) => new(DoorbellKind.Agent, agentId);

    /// <summary>Rings for a pool's owner: a host accepted a lease or was lost.</summary>
    public static Doorbell Pool(string pool) => new(DoorbellKind.Pool, pool);

    /// <summary>Rings for all who wait for capacity: a host became free, was registered, or may be used again.</summary>
    public static Doorbell Capacity { get; } = new(DoorbellKind.Capacity, "fleet");

    /// <summary>Rings for a driver: log entries of its runs (see <see cref="LogNotice"/>).</summary>
    public static Doorbell Driver(string driverId) => new(DoorbellKind.Driver, driverId);
}

namespace Eformer.Pool.Store;

/// <summary>Who listens to a doorbell.</summary>
public enum DoorbellKind
{
    /// <summary>An agent.</summary>
    Agent,

    /// <summary>The owner of a pool.</summary>
    Pool,

    /// <summary>A driver that waits for results.</summary>
    Driver,

    /// <summary>Whoever waits for capacity in the fleet.</summary>
    Capacity,
}

namespace Eformer.Pool.Store;

/// <summary>One heartbeat of an agent for all its hosts.</summary>
/// <param name="AgentId">Which agent.</param>
/// <param name="Incarnation">Its incarnation.</param>
/// <param name="LifeMs">How long it counts as alive from now, in milliseconds.</param>
/// <param name="Fences">The fence of every one of its hosts.</param>
public sealed record AgentHeartbeat(string AgentId, string Incarnation, int LifeMs, IReadOnlyList<HostFence> Fences)
{
    /// <summary>How much the machine has to do; null to leave what was said before.</summary>
    public AgentLoad? Load { get; init; }

    /// <summary>Health of those hosts whose health changed, by key.</summary>
    public IReadOnlyDictionary<string, HostHealth> Health { get; init; } = new Dictionary<string, HostHealth>();
}

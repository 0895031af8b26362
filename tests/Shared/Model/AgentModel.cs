using Eformer.Pool.Store;

namespace Eformer.Pool.Testing.Model;

/// <summary>An agent as the store keeps it.</summary>
public sealed record AgentModel(string Incarnation, IReadOnlyList<string> Hosts)
{
    public AgentLoad? Load { get; init; }
}

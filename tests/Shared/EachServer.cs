using Xunit;

namespace Eformer.Pool.Testing;

/// <summary>Every server, for theories.</summary>
/// <remarks>For what the store does, and faults of the store. Faults of agents and drivers are tried on one kind: what they rest on is shown here for each.</remarks>
public sealed class EachServer : TheoryData<ServerKind>
{
    public EachServer()
    {
        foreach (ServerKind kind in Enum.GetValues<ServerKind>())
        {
            Add(kind);
        }
    }
}

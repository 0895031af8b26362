using Xunit;

namespace Eformer.Pool.Testing;

/// <summary>Every server, for theories.</summary>
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

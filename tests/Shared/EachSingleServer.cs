using Xunit;

namespace Eformer.Pool.Testing;

/// <summary>Every server that is one process, for theories.</summary>
public sealed class EachSingleServer : TheoryData<ServerKind>
{
    public EachSingleServer()
        : base(ServerKind.Redis, ServerKind.Garnet)
    {
    }
}

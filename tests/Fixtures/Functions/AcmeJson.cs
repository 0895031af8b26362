using Eformer.Pool.Functions;

namespace Acme.Functions;

/// <summary>How the types of this assembly are read and written.</summary>
internal static class AcmeJson
{
    public static RemoteJson Shared { get; } = new(null);
}

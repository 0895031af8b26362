using Eformer.Pool;

/// <summary>In no namespace.</summary>
internal static partial class Globals
{
    /// <summary>Gives what it takes.</summary>
    [RemoteFunction]
    public static Guid Same(Guid value) => value;
}

namespace Eformer.Pool.Generators.Model;

/// <summary>In what two functions are alike that must not be.</summary>
internal enum ClashKind
{
    /// <summary>Their name on the wire.</summary>
    Name,

    /// <summary>Their proxies' parameters.</summary>
    Proxy,

    /// <summary>Their cmdlet.</summary>
    Cmdlet,
}

namespace Eformer.Pool.PowerShell;

/// <summary>In the place of the package's.</summary>
/// <param name="type">The type of the argument.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RemoteArgumentAttribute(Type type) : Attribute
{
    /// <summary>The type of the argument.</summary>
    public Type Type { get; } = type;

    /// <summary>Whether null itself is refused.</summary>
    public bool RefusesNull { get; set; }
}

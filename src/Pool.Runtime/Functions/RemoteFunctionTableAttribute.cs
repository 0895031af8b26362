namespace Eformer.Pool.Functions;

/// <summary>Says where the remote functions of an assembly are. Written by the generator.</summary>
/// <param name="table">The <see cref="RemoteFunctionTable"/>; it has a constructor without parameters.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class RemoteFunctionTableAttribute(Type table) : Attribute
{
    /// <summary>The table.</summary>
    public Type Table { get; } = table;
}

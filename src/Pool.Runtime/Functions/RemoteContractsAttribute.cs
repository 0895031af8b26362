namespace Eformer.Pool.Functions;

/// <summary>The contracts of an assembly's remote functions as one text, what its <c>PoolContracts.txt</c> should hold. Written by the generator.</summary>
/// <param name="text">The text.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class RemoteContractsAttribute(string text) : Attribute
{
    /// <summary>The text.</summary>
    public string Text { get; } = text;
}

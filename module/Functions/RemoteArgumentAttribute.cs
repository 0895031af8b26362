using System.Management.Automation;
using Eformer.Pool.Module.Values;

namespace Eformer.Pool.PowerShell;

/// <summary>
/// Lets a parameter of a remote function take a hashtable, or an object with the properties that count, for an object of the function's
/// own type; nested, and in lists. Written by the generator.
/// </summary>
/// <remarks>The object is made by the rules that hosts read it by: names in any case, and everything that must be there.</remarks>
/// <param name="type">The type.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class RemoteArgumentAttribute(Type type) : ArgumentTransformationAttribute
{
    /// <summary>The type.</summary>
    public Type Type { get; } = type;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        try
        {
            return ArgumentBinder.Bind(inputData, Type)!;
        }
        catch (ArgumentBindingException failure)
        {
            throw new ArgumentTransformationMetadataException(failure.Message, failure);
        }
    }
}

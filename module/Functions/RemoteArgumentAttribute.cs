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

    /// <summary>Whether null itself is refused. PowerShell refuses it in lists too, where it refuses it at all.</summary>
    public bool RefusesNull { get; set; }

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        try
        {
            return ArgumentBinder.Bind(inputData, Type)
                ?? (RefusesNull ? throw new ArgumentBindingException("It cannot be $null; items of it can be.") : null!);
        }
        catch (ArgumentBindingException failure)
        {
            throw new ArgumentTransformationMetadataException(failure.Message, failure);
        }
    }
}

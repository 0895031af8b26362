using System.Collections;
using System.Management.Automation;

namespace Eformer.Pool.Module.Binding;

/// <summary>Lets a parameter of type <see cref="SlicePool"/> take the name of a pool that this session owns.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class SlicePoolTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether names stay what they are: they may have wildcards, or be those of pools that are gone.</summary>
    public bool KeepsNames { get; set; }

    /// <inheritdoc/>
    /// <remarks>Anything but names, and copies of pools, passes as it is, so that the binder may try another parameter set.</remarks>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object plain = Unwrap(inputData);
        return plain switch
        {
            string name when !KeepsNames => OwnedPools.Resolve(name),
            PSCustomObject when inputData is PSObject made && OwnedPools.IsCopy(made) => OwnedPools.ResolveCopy(made),
            IList many => many.Cast<object>().Select(item => Transform(engineIntrinsics, item)).ToArray(),
            _ => inputData,
        };
    }

    private static object Unwrap(object value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}

using System.Management.Automation;

namespace Eformer.Pool.Module.Binding;

/// <summary>Refuses null where a script block may stand, and a pool in front of it.</summary>
/// <remarks>
/// The binder takes a null in the place of the pool for the block, which is first where pools come through the pipeline. Its
/// own message would then blame the block that was given.
/// </remarks>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ValidateScriptBlockAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object? arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is null)
        {
            throw new ValidationMetadataException("The script block that was given, or the pool in front of it, is null.");
        }
    }
}

namespace Eformer.Pool.PowerShell;

/// <summary>In the place of the package's.</summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="maml">Its help.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class RemoteCmdletHelpAttribute(string cmdlet, string maml) : Attribute
{
    /// <summary>The cmdlet.</summary>
    public string Cmdlet { get; } = cmdlet;

    /// <summary>Its help.</summary>
    public string Maml { get; } = maml;
}

namespace Eformer.Pool.PowerShell;

/// <summary>The help of a cmdlet, from the XML comment of its function. Written by the generator; the build makes the module's help file of it.</summary>
/// <remarks>
/// On the cmdlet, which hosts never look at. On the assembly, where it was first, it keeps functions from all attributes of their assembly, such as
/// those of resources: hosts do not have this one.
/// </remarks>
/// <param name="cmdlet">Name of the cmdlet.</param>
/// <param name="maml">Its help: a MAML <c>command</c> element.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class RemoteCmdletHelpAttribute(string cmdlet, string maml) : Attribute
{
    /// <summary>Name of the cmdlet.</summary>
    public string Cmdlet { get; } = cmdlet;

    /// <summary>Its help: a MAML <c>command</c> element.</summary>
    public string Maml { get; } = maml;
}
